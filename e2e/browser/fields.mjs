import assert from 'node:assert/strict';

/** A payment shows the fields of its user flow, and a wrong amount its reason. */
export async function fields({ editor, rest, credentials }) {
	const reference = 'fields-of-a-payment-1';
	const open = async (name, parameters) => {
		await editor.openStep(rest, {
			name,
			parameters: { authentication: 'merchantApi', resource: 'payment', ...parameters },
			credential: credentials.merchant,
		});
		return await editor.fields();
	};

	const qr = await open('A QR code', { operation: 'create', userFlow: 'QR' });
	assert.ok(qr.includes('QR Format') && !qr.includes('Return URL'), String(qr));
	await editor.picture('payment-qr');

	const web = await open('A web payment', {
		operation: 'create',
		reference,
		amountUnit: 'major',
		amount: '19.99',
		returnUrl: 'https://example.com/thanks',
		paymentDescription: 'One pair of socks',
	});
	assert.ok(web.includes('Return URL') && web.includes('Amount in Major Units'), String(web));
	await editor.execute();
	await editor.output.getByText('redirectUrl').first().waitFor();
	await editor.picture('payment');

	const amount = '1 234,50';
	await open('A wrong amount', { operation: 'capture', reference, amountMode: 'partial', amount });
	await editor.execute();
	await editor.output.getByText('because it contains a blank').first().waitFor();
	await editor.picture('wrong-amount');
}
