const { transformSync } = require('@swc/core');

// The measurements use the harness of the tests as it is. Node.js itself only strips types, and the
// harness has more than types; Jest would measure itself along.
require.extensions['.ts'] = (module, filename) => {
	const source = require('node:fs').readFileSync(filename, 'utf8');
	const { code } = transformSync(source, {
		filename,
		jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
		module: { type: 'commonjs' },
		sourceMaps: 'inline',
	});
	module._compile(code, filename);
};
