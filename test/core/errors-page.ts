import { ERROR_SCOPES, type ErrorPolicy, ERRORS } from '../../src/core/index.js';

/** `docs/errors.md` as the catalogue says it: one heading a code. */
export function errorsPage(): string {
  const scopes = Object.entries(ERROR_SCOPES).map(([scope, text]) => `- **${scope}**: ${text}`);
  const sections = Object.entries<ErrorPolicy>(ERRORS).map(([code, policy]) => section(code, policy));
  return `${[INTRODUCTION, scopes.join('\n'), OUTCOME, ...sections].join('\n\n')}\n`;
}

const INTRODUCTION = `# Errors

Every error has a code. It stands in the result of a study, in the answer to a request (\`title\` of an
\`application/problem+json\`), in the log and in the timeline. The catalogue is \`src/core/errors.ts\`; this page is
made from it, and a test compares the two.

The scope says what an error concerns:`;

const OUTCOME = `An error that is tried again goes back to the queue, up to \`worker.attempts\` times; after the last time the unit or
study has the outcome that is named. The HTTP status is that of a request that ends with the error.`;

function section(code: string, { meaning, scope, outcome, retryable, status, advice }: ErrorPolicy): string {
  const facts = [`Scope: ${scope}`, `tried again: ${retryable ? 'yes' : 'no'}`];
  const ends = scope === 'process' ? [] : [`outcome: ${outcome}`];
  const line = [...facts, ...ends, `HTTP status: ${status}`].join(' · ');
  return `## ${code}\n\n${meaning}\n\n${line}\n\n**What to do:** ${advice}`;
}
