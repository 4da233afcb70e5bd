import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate and its key, as files in PEM form. */
export interface TestCertificate {
  readonly certFile: string;
  readonly keyFile: string;
  /** For a server's or client's options. */
  readonly cert: string;
  readonly key: string;
}

/** A certification authority of the tests. */
export interface TestAuthority {
  readonly caFile: string;
  readonly ca: string;
  /** @param subject.days negative for a certificate that has expired */
  issue(subject: { name: string; use: 'server' | 'client'; host?: string; days?: number }): TestCertificate;
}

/** Makes an authority with the system's openssl. */
export function makeAuthority(dir: string): TestAuthority {
  mkdirSync(dir, { recursive: true });
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'ca.key');
  openssl(
    'req',
    '-x509',
    '-new',
    '-key',
    'ca.key',
    '-subj',
    '/CN=Authority of the tests',
    '-days',
    '30',
    '-out',
    'ca.pem',
  );
  const caFile = join(dir, 'ca.pem');
  return {
    caFile,
    ca: readFileSync(caFile, 'utf8'),
    issue({ name, use, host = 'IP:127.0.0.1,DNS:localhost', days = 30 }) {
      const extensions = [
        `extendedKeyUsage=${use}Auth`,
        ...(use === 'server' ? [`subjectAltName=${host}`] : []),
      ];
      writeFileSync(join(dir, `${name}.cnf`), extensions.join('\n'));
      openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`);
      openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
      const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', `${name}.cnf`];
      const made = ['-in', `${name}.csr`, '-days', String(days), '-out', `${name}.pem`];
      openssl('x509', '-req', ...made, ...authority);
      const [certFile, keyFile] = [join(dir, `${name}.pem`), join(dir, `${name}.key`)];
      return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    },
  };
}
