const swc = (syntax) => [
	'@swc/jest',
	{
		jsc: { parser: { syntax }, target: 'es2022' },
		module: { type: 'commonjs' },
		sourceMaps: 'inline',
	},
];

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Jest indexes its roots; the build and the private packages hold copies that it must not see.
	roots: ['<rootDir>/test'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	setupFiles: ['<rootDir>/test/harness/setup/before-each-file.ts'],
	transform: {
		'^.+\\.ts$': swc('typescript'),
		// n8n starts its expression engine with a dynamic import, which Jest runs only when compiled to require.
		'/n8n-workflow/dist/cjs/expression\\.js$': swc('ecmascript'),
	},
	transformIgnorePatterns: ['/node_modules/(?!n8n-workflow/dist/cjs/expression\\.js$)'],
	testTimeout: 30_000,
	maxWorkers: 2,
};
