import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/demo/free-port.js';
import { type LocalProcess, startLocalProcess } from '../../src/demo/local-process.js';

/** Real Redis servers as they are set up in hospitals and clouds, in a folder that goes away. */
export interface RedisServers {
  readonly dir: string;
  /** Starts one with options of redis.conf. @returns its port and process */
  start(options?: readonly string[], port?: number): Promise<OddRedis>;
  /** Starts a Sentinel that watches the server at a port as `mymaster`. */
  startSentinel(masterPort: number): Promise<OddRedis>;
  /** Files of an authority, and of a server that it vouches for. */
  certificates(): { ca: string; cert: string; key: string };
  close(): Promise<void>;
}

export interface OddRedis extends LocalProcess {
  readonly port: number;
  readonly url: string;
}

export function openRedisServers(): RedisServers {
  const dir = mkdtempSync(join(tmpdir(), 'esp-odd-redis-'));
  const running: LocalProcess[] = [];
  let count = 0;

  async function run(command: string, args: readonly string[], port: number): Promise<OddRedis> {
    const logFile = join(dir, `${(count += 1)}.log`);
    const server = await startLocalProcess({ command, args, logFile, ready: () => listens(port) });
    running.push(server);
    return { ...server, port, url: `redis://127.0.0.1:${port}` };
  }

  return {
    dir,
    async start(options = [], wanted) {
      const port = wanted ?? (await freePort());
      const home = join(dir, `redis-${port}`);
      mkdirSync(home, { recursive: true });
      const usual = ['--bind', '127.0.0.1', '--dir', home, '--save', '', '--appendonly', 'no'];
      const at = options.includes('--port') ? [] : ['--port', String(port)];
      return run('redis-server', [...at, ...usual, ...options], port);
    },
    async startSentinel(masterPort) {
      const port = await freePort();
      const path = join(dir, `sentinel-${port}.conf`);
      const lines = [
        `port ${port}`,
        'bind 127.0.0.1',
        `dir ${dir}`,
        `sentinel monitor mymaster 127.0.0.1 ${masterPort} 1`,
        'sentinel down-after-milliseconds mymaster 1500',
        'sentinel failover-timeout mymaster 5000',
      ];
      writeFileSync(path, `${lines.join('\n')}\n`);
      return run('redis-server', [path, '--sentinel'], port);
    },
    certificates() {
      const at = (name: string) => join(dir, name);
      const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dir, stdio: 'pipe' });
      const key = ['-newkey', 'rsa:2048', '-nodes'];
      openssl(
        'req',
        '-x509',
        ...key,
        '-keyout',
        'ca.key',
        '-out',
        'ca.crt',
        '-subj',
        '/CN=test-ca',
        '-days',
        '2',
      );
      openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost');
      writeFileSync(at('san'), 'subjectAltName=DNS:localhost,IP:127.0.0.1');
      const sign = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'san'];
      openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.crt', ...sign);
      return { ca: at('ca.crt'), cert: at('server.crt'), key: at('server.key') };
    },
    async close() {
      for (const server of running.reverse()) await server.stop('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
