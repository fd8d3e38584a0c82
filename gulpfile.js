/**
 * Builds dist/, file by file the same as `n8n-node build` does (test/package compares the two).
 * It exists beside that command because it needs nothing but this package's own dependencies.
 */
const { spawn } = require('node:child_process');
const fs = require('node:fs/promises');
const path = require('node:path');
const { src, dest, series } = require('gulp');

const DIST = path.join(__dirname, 'dist');
// At the same depth as dist/, because source maps hold relative paths.
const DRAFT = path.join(__dirname, `.dist-${process.pid}`);

function compile(done) {
	const tsc = require.resolve('typescript/bin/tsc');
	const args = [tsc, '-p', 'tsconfig.json', '--outDir', DRAFT];
	const child = spawn(process.execPath, args, { cwd: __dirname, stdio: 'inherit' });
	child.on('error', done);
	child.on('close', async (status) => {
		if (status === 0) return done();
		await fs.rm(DRAFT, { recursive: true, force: true });
		done(new Error('TypeScript found errors, see above'));
	});
}

function copyStaticFiles() {
	const files = [
		'{nodes,credentials}/**/*.{png,svg}',
		'{nodes,credentials}/**/__schema__/**/*.json',
	];
	return src(files, { base: '.', encoding: false, allowEmpty: true }).pipe(dest(DRAFT));
}

// dist/ is replaced at once and only by a whole build, so whatever reads it never sees half of one.
async function replaceDist() {
	await fs.rm(DIST, { recursive: true, force: true });
	await fs.rename(DRAFT, DIST);
}

exports.build = series(compile, copyStaticFiles, replaceDist);
exports.default = exports.build;
