import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/**',
      'vendor/**',
      'node_modules/**',
      'training/**',
      'models/**',
      '.demo/**',
      'console/src/api/schema.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        console: 'readonly',
        module: 'readonly',
        window: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['src/**/*.ts', 'console/src/**/*.{ts,tsx}'],
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  {
    // The environment is read in one place only.
    files: ['src/**/*.ts'],
    ignores: ['src/config/**', 'src/demo/**', 'src/faults/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config reads the environment.' },
      ],
    },
  },
  {
    // Attributes have one table, src/dicom/attributes.ts: everyone else names them by keyword.
    files: ['src/**/*.ts', 'console/src/**/*.{ts,tsx}'],
    ignores: ['src/dicom/attributes.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'Literal[value=/\\bx?(00[0-9a-f]{2}|2050|5200|7fe0|fffe)[0-9a-f]{4}\\b/i]',
          'Literal[raw=/^0x(00[0-9a-f]{2}|2050|5200|7fe0|fffe)[0-9a-f]{4}$/i]',
          'TemplateElement[value.raw=/\\b(00[0-9a-f]{2}|2050|5200|7fe0|fffe)[0-9a-f]{4}\\b/i]',
        ].map((selector) => ({ selector, message: 'Name attributes by keyword: TAG of src/dicom.' })),
      ],
    },
  },
  {
    // A table is as long as what it lists.
    files: ['src/dicom/attributes.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // The command line is the one place that talks to a terminal.
    files: ['src/cli/**/*.ts', 'src/demo/**/*.ts', 'src/faults/**/*.ts', 'src/gpu-check/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
);
