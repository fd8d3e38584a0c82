/**
 * The door to every command of this project: `node tools/run.mjs <command> [options]`.
 *
 * npm scripts call it, and it needs nothing but some Node.js 18 or newer: it brings Node.js 24
 * when the machine has an older one, and each command installs what it needs before it works.
 */
const [major] = process.versions.node.split('.').map(Number);
if (major < 18) {
	process.stderr.write(
		`This project needs Node.js 18 or newer to start; this is Node.js ${process.versions.node}.\n` +
			'Install a newer one (https://nodejs.org) and run the command again.\n',
	);
	process.exit(1);
}

// Imported late, because an older Node.js could not even parse these files.
const { main } = await import('./lib/main.mjs');
process.exitCode = await main(process.argv.slice(2));
