// The table of docs/architecture.md as rules: layers look down, never up or sideways.
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...allowed.map((path) => `^src/${path}(/|$)`)] },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('core-imports-nothing', 'core', []),
    only('config', 'config', ['core']),
    only('model', 'model', ['core']),
    only('seg', 'seg', ['core']),
    only('sr', 'sr', ['core', 'seg']),
    only('queue', 'queue', ['core', 'config']),
    only('ledger', 'ledger', ['core', 'config']),
    only('dicomweb', 'dicomweb', ['core', 'config', 'ledger', 'queue']),
    only('control', 'control', ['core', 'config']),
    only('observe', 'observe', ['core', 'config', 'queue', 'ledger']),
    only('doctor', 'doctor', [
      'core',
      'config',
      'queue',
      'ledger',
      'control',
      'dicomweb/archive',
      'phantom',
      // The manifest alone: the rest of the model loads ONNX Runtime.
      'model/manifest.ts',
    ]),
    only('admin', 'admin', [
      'core',
      'config',
      'ledger',
      'queue',
      'control',
      'observe',
      'doctor',
      'dicomweb/archive',
    ]),
    only('worker', 'worker', [
      'core',
      'config',
      'ledger',
      'queue',
      'control',
      'observe',
      'dicomweb',
      'model',
      'seg',
      'sr',
    ]),
    only('phantom', 'phantom', ['core']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
