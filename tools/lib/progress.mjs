const SPIN = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const LINE_EVERY_MS = 15_000;

/** Whole seconds as people read them: 42 s, 3 min 05 s. */
export function duration(milliseconds) {
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/**
 * Shows that something long is under way, and how long it took in the end: one moving line on a
 * terminal, a new line every 15 seconds elsewhere (a CI log).
 *
 * @template T
 * @param {string} title what is being done, e.g. `Installing n8n`
 * @param {string} usually how long it takes, e.g. `6 to 8 minutes`
 * @param {(say: (detail: string) => void) => Promise<T>} work gets a function that changes the detail shown
 * @returns {Promise<T>}
 */
export async function step(title, usually, work) {
	const out = process.stderr;
	const began = Date.now();
	const elapsed = () => duration(Date.now() - began);
	const moving = Boolean(out.isTTY) && !process.env.CI;
	let detail = '';
	let turn = 0;
	const line = () => `${title}${detail ? `: ${detail}` : ''} … ${elapsed()} (usually ${usually})`;
	const draw = () => {
		const width = (out.columns ?? 80) - 3;
		out.write(`\r\x1b[K${SPIN[turn++ % SPIN.length]} ${line().slice(0, width)}`);
	};
	if (moving) draw();
	else out.write(`… ${title} (usually ${usually})\n`);
	const timer = setInterval(
		moving ? draw : () => out.write(`… ${line()}\n`),
		moving ? 120 : LINE_EVERY_MS,
	);
	const finish = (mark) => {
		clearInterval(timer);
		out.write(`${moving ? '\r\x1b[K' : ''}${mark} ${title}: ${elapsed()}\n`);
	};
	try {
		const result = await work((text) => {
			detail = text;
		});
		finish('✓');
		return result;
	} catch (error) {
		finish('✗');
		throw error;
	}
}
