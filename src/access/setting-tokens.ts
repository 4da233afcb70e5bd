import type { Settings } from '../config/index.js';
import { secretMatcher } from '../core/index.js';

/** The tokens of the settings, and the role that each stands for. */
export interface SettingTokens {
  /** The roles of a text that was sent; several when one text is several tokens, none for an unknown one. */
  rolesOf(token: string | undefined): readonly string[];
  /** What changes when one of these roles gets another token; undefined when one of them has none. */
  sealOf(roles: readonly string[]): string | undefined;
}

/** Compared in constant time. */
export function openSettingTokens(
  settings: Pick<Settings, 'admin' | 'dicomweb' | 'hook' | 'metrics'>,
): SettingTokens {
  const { admin, dicomweb, hook, metrics } = settings;
  const texts: Readonly<Record<string, string>> = {
    admin: admin.token,
    operator: admin.operatorToken,
    viewer: admin.viewerToken,
    modality: dicomweb.token,
    hook: hook.token,
    metrics: metrics.token,
  };
  const matchers = Object.entries(texts).map(([role, text]) => secretMatcher({ [role]: text }));
  return {
    rolesOf: (token) => (token === undefined ? [] : matchers.flatMap((matches) => matches(token) ?? [])),
    sealOf(roles) {
      const each = roles.map((role) => texts[role] ?? '');
      return each.length === 0 || each.includes('') ? undefined : each.join('\0');
    },
  };
}
