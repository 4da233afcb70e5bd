import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A TCP port on loopback that nothing listens on at this moment. */
export const freePort = (): Promise<number> => listenOnce(0);

/** @throws Error with a sentence for the user when another program listens on the port, or it may not be used */
export async function mustBeFree(port: number): Promise<void> {
  await listenOnce(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      throw new Error(
        `Port ${port} is in use by another program; nothing was sent to it. Give another one with --port, or none`,
      );
    }
    if (error.code === 'EACCES')
      throw new Error(`Port ${port} may not be used by you. Give one above 1023 with --port`);
    throw error;
  });
}

function listenOnce(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
