import { addCapturedPayment } from '../lib/payments.mjs';

const REFERENCE = 'each-resource-1';
const KIOSK = { __rl: true, mode: 'id', value: '302321' };
const MAY = { fromDate: '2026-05-04', toDate: '2026-05-05' };

/** One operation of each resource, whose keys it runs with, and what its output has to show. */
const RUNS = [
	['Ledger', 'accounting', { operation: 'getAll' }, ['2 items', '302321']],
	['Ledger Entry', 'accounting', { operation: 'getAll', ledgerId: KIOSK, ...MAY }, ['11 items']],
	['Sale', 'accounting', { operation: 'getAll', ledgerId: KIOSK, ...MAY }, ['amountDecimal']],
	['Settlement', 'accounting', { operation: 'getSummary', ledgerId: KIOSK, ...MAY }, ['2 items']],
	['Payment', 'merchant', { operation: 'get', reference: REFERENCE }, ['AUTHORIZED', '499.00']],
	['Sales Unit', 'partner', { operation: 'getAll' }, ['123456']],
	['Merchant', 'partner', { operation: 'get', businessId: '987654321' }, ['ACTIVE']],
	['Product Order', 'partner', { operation: 'getAll' }, ['COMPLETED', 'RECEIVED']],
	['Price Package', 'partner', { operation: 'getAll' }, ['6 items']],
];

/** Runs each resource from the editor. The resource Webhook is run beside its trigger. */
export async function eachResource({ editor, rest, simulator, credentials }) {
	await addCapturedPayment(simulator, { reference: REFERENCE, value: 49_900 });
	for (const [name, keys, parameters, shows] of RUNS) {
		await editor.openStep(rest, {
			name,
			parameters: {
				authentication: keys === 'accounting' ? 'accountingApi' : 'merchantApi',
				resource: name[0].toLowerCase() + name.slice(1).replaceAll(' ', ''),
				...parameters,
			},
			credential: credentials[keys],
		});
		await editor.execute();
		for (const text of shows) await editor.output.getByText(text).first().waitFor();
		await editor.picture(`resource-${name.replaceAll(' ', '-').toLowerCase()}`);
	}
}
