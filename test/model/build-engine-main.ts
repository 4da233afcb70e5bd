import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/** Compiles what the engine process needs into a new folder, and returns the path of its main module. */
export function buildEngineMain(): string {
  const out = mkdtempSync(join(tmpdir(), 'esp-engine-'));
  writeFileSync(join(out, 'package.json'), '{"type":"module"}');
  symlinkSync(resolve('node_modules'), join(out, 'node_modules'));
  for (const folder of ['core', 'dicom', 'model', 'routing']) {
    for (const name of readdirSync(join('src', folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
      const target = join(out, folder, name.replace(/\.ts$/, '.js'));
      const source = readFileSync(join('src', folder, name), 'utf8');
      mkdirSync(dirname(target), { recursive: true });
      const { outputText } = ts.transpileModule(source, {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          verbatimModuleSyntax: true,
        },
      });
      writeFileSync(target, outputText);
    }
  }
  return join(out, 'model', 'process', 'engine-main.js');
}
