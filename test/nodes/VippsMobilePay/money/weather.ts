import type { Simulator } from '../../../harness';
import { disturb, expireTokens, type Fault } from '../../../support/simulated';
import type { Random } from './random';

export type Change = 'capture' | 'refund' | 'cancel';

type Trouble = Omit<Fault, 'path'>;

const problem = (status: number) => ({
	status,
	body: { title: 'No', status, traceId: 'a-trace' },
	contentType: 'application/problem+json',
});

/** So long that the node gives up at once instead of repeating. */
const TOO_LONG = { 'retry-after': '3600' };

/** What was asked for has happened, and the answer is lost. */
const LOST: readonly Trouble[] = [
	{ carryOut: true, reset: true },
	{ truncate: true },
	{ carryOut: true, ...problem(500) },
	{ carryOut: true, status: 502, body: '<html></html>', contentType: 'text/html' },
	{ carryOut: true, ...problem(408) },
	{ carryOut: true, ...problem(409) },
	{ carryOut: true, ...problem(503), headers: TOO_LONG },
	{ carryOut: true, status: 200, body: { odd: true } },
];

/** Nothing has happened. */
const REFUSED: readonly Trouble[] = [
	{ reset: true },
	problem(500),
	{ status: 504 },
	problem(423),
	problem(429),
	{ ...problem(429), headers: { 'retry-after': '0' } },
	{ ...problem(429), headers: { 'retry-after': '1' } },
	problem(409),
	problem(403),
	{ ...problem(503), headers: TOO_LONG },
];

/** Refusals by the API's own code, after which the same request may be sent again. */
const CODES = [6160, 6250, 6280];

/** The same, in ways that nothing sends again without a look at the payment. */
const LOST_FOR_GOOD = LOST.filter(
	({ headers, status }) => headers === TOO_LONG || status === 408 || status === 409,
);

/** The next requests for a payment meet this; what they do not meet lies in wait for later ones. */
export async function brew(
	simulator: Simulator,
	random: Random,
	{ reference, change, forgetful }: { reference: string; change: Change; forgetful: boolean },
): Promise<void> {
	const write = { method: 'POST', path: `/${reference}/${change}$` };
	const read = { method: 'GET', path: `/${reference}(/events)?$` };
	const lost = forgetful ? LOST_FOR_GOOD : LOST;
	const faults: Fault[] = [];
	const strike = (where: typeof write, trouble: Trouble) => faults.push({ ...where, ...trouble });

	for (let left = random.pick([0, 0, 1, 1, 1, 2, 2, 3]); left > 0; left--) {
		strike(write, random.pick(random.chance(0.6) ? lost : REFUSED));
	}
	if (random.chance(0.15)) strike(read, random.pick(REFUSED));
	if (random.chance(0.1)) {
		// Carried out, and nothing can be read afterwards: the node has to give up not knowing.
		strike(write, { carryOut: true, ...problem(503), headers: TOO_LONG });
		strike({ ...read, path: `/${reference}/events$` }, { ...problem(503), headers: TOO_LONG });
	}
	await disturb(simulator, ...faults);
	if (random.chance(0.15)) {
		const code = random.pick(CODES);
		await simulator.control.post('/payments/fail', { reference, operation: change, code });
	}
	// It hits all payments that are under way.
	if (random.chance(0.03)) await expireTokens(simulator);
}
