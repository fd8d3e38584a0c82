const tests = require('../jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...tests,
	rootDir: '..',
	roots: ['<rootDir>/bench', '<rootDir>/test/harness'],
	testMatch: ['<rootDir>/bench/**/*.bench.ts'],
	testTimeout: 30 * 60_000,
	reporters: [['default', { summaryThreshold: 1000 }]],
};
