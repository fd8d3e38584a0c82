import { merchantOf } from './payments.mjs';

/** How many payments are under way at once. */
const AT_ONCE = 6;

/** Ways that payments go, and how many events each has. */
const WAYS = [
	{
		events: 4,
		go: async ({ approve, capture, refund }) => {
			await approve();
			await capture(900);
			await refund(900);
		},
	},
	{
		events: 5,
		go: async ({ approve, fail, capture, cancel }) => {
			await approve();
			await fail('capture');
			await capture(500).catch(() => {});
			await capture(500);
			await cancel();
		},
	},
	{ events: 2, go: async ({ end }) => await end('abort') },
	{ events: 2, go: async ({ end }) => await end('expire') },
	{ events: 2, go: async ({ cancel }) => await cancel() },
];

/**
 * Makes payments of all sorts until there are about so many events.
 *
 * @param {import('./simulator.mjs').Simulator} simulator
 * @param {number} events
 * @param {string} [name] what the references begin with
 */
export async function makePayments(simulator, events, name = 'storm') {
	const merchant = await merchantOf(simulator);
	let left = events;
	let number = 0;
	const work = async () => {
		while (left > 0) {
			const reference = `${name}-${String(++number).padStart(6, '0')}`;
			const way = WAYS[number % WAYS.length];
			left -= way.events;
			await merchant.create(reference, 900);
			await way.go(movesOf(simulator, merchant, reference));
		}
	};
	await Promise.all(Array.from({ length: Math.min(AT_ONCE, events) }, work));
}

function movesOf(simulator, merchant, reference) {
	const control = async (path, more) =>
		await simulator.control('POST', `/payments/${path}`, { reference, ...more });
	return {
		approve: async () => await control('approve'),
		end: async (how) => await control(how),
		// A refusal that leaves the payment as it was, and is told with success false.
		fail: async (operation) => await control('fail', { operation, code: 6280 }),
		capture: async (value) => await merchant.capture(reference, value),
		refund: async (value) => await merchant.refund(reference, value),
		cancel: async () => await merchant.cancel(reference),
	};
}
