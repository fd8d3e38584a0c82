import path from 'node:path';
import { ensureNodeCli } from '../lib/install.mjs';
import { inTemporaryFolder, pack, unpack } from '../lib/pack.mjs';
import { rootFolder } from '../lib/paths.mjs';
import { Tally } from '../lib/tally.mjs';
import { runChecklist, show } from '../verify/checklist.mjs';
import { loadSubject } from '../verify/subject.mjs';
import { run as build } from './build.mjs';

/** What n8n asks of a package before it verifies it, line by line, on the package as npm would publish it. */
export async function run() {
	const cli = await ensureNodeCli();
	const built = await build();
	if (built !== 0) return built;
	return await inTemporaryFolder(async (folder) => {
		const packed = path.join(folder, 'packed');
		await unpack(await pack(folder), packed);
		const results = await runChecklist(await loadSubject({ packed, repository: rootFolder, cli }));
		process.stdout.write(show(results));
		const failed = results.filter(({ result }) => result === 'FAIL').length;
		const tally = new Tally();
		tally.passed = results.filter(({ result }) => result === 'PASS').length;
		tally.failed = failed;
		process.stdout.write(`\n${tally}\n`);
		return failed === 0 ? 0 : 1;
	});
}
