import type { Caller } from '../core/index.js';
import { NOBODY } from '../store/index.js';
import type { Actor } from './event.js';

/**
 * Who acts in a request.
 * @param caller undefined where nobody has to sign in
 * @param address of the peer or of the proxy's client; one of version 4 written as of version 6 becomes the former
 */
export function actorOf(
  caller: Pick<Caller, 'name' | 'roles'> | undefined,
  address: string | undefined,
): Actor {
  const { name, roles } = caller ?? NOBODY;
  return { name, roles, address: (address ?? '').replace(/^::ffff:(?=\d+\.)/, '') };
}
