import { adviceFor } from '../../../nodes/shared/transport/hints';

const FEED = '/report/v2/ledgers/302321/funds/feed';
const LEDGERS = '/settlement/v1/ledgers';

const advise = (status: number, path = FEED, hasCursor = false) =>
	adviceFor({ status, fields: [] }, { path, hasCursor });

describe('the advice for an unsuccessful answer', () => {
	test.each([
		[400, 'configuration-invalid'],
		[401, 'credential-invalid'],
		[403, 'credential-invalid'],
		[404, 'configuration-invalid'],
		[410, 'node-defect'],
		[423, 'temporarily-unavailable'],
		[429, 'rate-limited'],
		[500, 'temporarily-unavailable'],
		[502, 'temporarily-unavailable'],
		[503, 'temporarily-unavailable'],
		[599, 'temporarily-unavailable'],
	])("tells n8n's poll engine what %i means", (status, cause) => {
		expect(advise(status).cause).toBe(cause);
	});

	it.each([400, 401, 403, 404, 410, 418, 423, 429, 500, 999])(
		'is a sentence on what happened and one on what to do for %i',
		(status) => {
			const { hint, message } = advise(status);
			expect(message).toMatch(/^[A-Z]\w+ .*[^.]$/);
			expect(hint).toMatch(/^[A-Z].*\.$/);
		},
	);

	it('says of an unknown ledger where access to it is given', () => {
		const { hint, message } = advise(404);
		expect(`${message} ${hint}`).toMatch(/ledger.*access.*business portal/);
	});

	it('does not blame a ledger when none was asked for', () => {
		expect(advise(404, LEDGERS).message).not.toMatch(/ledger/i);
	});

	it('says of an unknown sale that not every sale is in the Sales API', () => {
		const sales = '/sales/report/v1/ledgers/302321';
		for (const path of [`${sales}/references/a-1`, `${sales}/psp-references/1`]) {
			expect(advise(404, path).message).toMatch(/sale/i);
			expect(advise(404, path).hint).toMatch(/Vippsnummer/);
		}
	});

	it('suspects the cursor only when there was one', () => {
		expect(advise(400, FEED, true).message).toMatch(/cursor/);
		expect(advise(400, FEED, false).message).not.toMatch(/cursor/);
		expect(advise(500, FEED, true).message).not.toMatch(/cursor/);
	});

	it('says of refused keys which keys are needed', () => {
		expect(advise(401).hint).toMatch(/accounting keys/);
		expect(advise(403).hint).toMatch(/accounting keys/i);
	});
});
