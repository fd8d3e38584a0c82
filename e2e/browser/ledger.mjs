import assert from 'node:assert/strict';

/** Finds a ledger in the list by typing its number, and reads two of its dates. */
export async function ledgerFromList({ editor, rest, credentials }) {
	await editor.openStep(rest, {
		name: 'Entries of two days',
		parameters: { resource: 'ledgerEntry', operation: 'getAll' },
		credential: credentials.accounting,
	});
	const shown = await editor.fields();
	for (const field of ['Resource', 'Operation', 'Ledger', 'Topic', 'From Date', 'Return All']) {
		assert.ok(shown.includes(field), `${field} is missing from ${shown}`);
	}
	await editor.pickFromList('302321', 'Demo Kiosk Oslo · NO:58771 · NOK · ledger 302321');
	await editor.writeDate('fromDate', '2026-05-04');
	await editor.writeDate('toDate', '2026-05-05');
	await editor.execute();
	await editor.output.getByText('11 items').first().waitFor();
	await editor.output.getByText('payout-scheduled').first().waitFor();
	await editor.picture('ledger-entries');
}
