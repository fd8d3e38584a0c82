import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { dates, start, type Json } from './helpers.mts';
import { codeOf, now, order, payer, receipt, sums } from './paymentHelpers.mts';

const simulator = await start({ data: 'empty' });
const options = { writesPerMinute: 0, readsPerMinute: 0 };
beforeEach(() => simulator.control('/reset', { data: 'empty', now, options }));

const merchant = payer(simulator);
const { reference } = order;

async function entries(ledgerId: string, topic: string): Promise<Json[]> {
	return (await simulator.get(dates(ledgerId, topic, '2026-10-05'))).body.items;
}

test('captures and refunds are on the ledger of the sales unit, with the reference of their event', async () => {
	const handles = ['api:999', 'api:123456'];
	await simulator.control('/ledgers', { ledgerId: '1', settlesForRecipientHandles: handles });
	await simulator.control('/ledgers', { ledgerId: '2', alsoReachedBy: '123456' });
	await merchant.authorized({ reference });
	await merchant.capture(reference, 10000);
	await merchant.capture(reference, 500);
	await merchant.refund(reference, 2000);
	await merchant.cancel(reference);
	const [, , ...moved] = await merchant.events(reference);
	const funds = await entries('1', 'funds');
	const facts = ({ entryType, amount, pspReference, reference: ofOrder }: Json) => [
		entryType,
		amount,
		pspReference,
		ofOrder,
	];
	assert.deepEqual(funds.map(facts), [
		['capture', 10000, moved[0].pspReference, reference],
		['capture', 500, moved[1].pspReference, reference],
		['refund', -2000, moved[2].pspReference, reference],
	]);
	assert.ok(funds.every(({ recipientHandle }) => recipientHandle === 'api:123456'));
	assert.deepEqual((await entries('1', 'fees')).map(facts), [
		['capture-fee', -175, moved[0].pspReference, reference],
		['capture-fee', -9, moved[1].pspReference, reference],
	]);
	assert.deepEqual(await entries('2', 'funds'), []);
});

test('a ledger that the keys reach otherwise takes the money, and the Sales API none of it', async () => {
	await simulator.control('/ledgers', { ledgerId: '2', alsoReachedBy: '123456' });
	await merchant.authorized({ reference });
	await merchant.capture(reference, 10000);
	const [entry] = await entries('2', 'funds');
	assert.deepEqual([entry.amount, entry.recipientHandle], [10000, 'NO:2']);
	assert.deepEqual((await simulator.control('/truth')).sales, []);
});

test('a refused or failed change moves nothing on the ledger', async () => {
	await simulator.control('/ledgers', {
		ledgerId: '1',
		settlesForRecipientHandles: ['api:123456'],
	});
	await merchant.authorized({ reference });
	await simulator.control('/payments/fail', { reference, operation: 'capture', code: 6260 });
	await merchant.capture(reference, 100);
	await merchant.capture(reference, 999999);
	assert.deepEqual(await entries('1', 'funds'), []);
});

test('the money has moved although the answer was lost, and the same key says so', async () => {
	await merchant.authorized({ reference });
	const capture = () => merchant.capture(reference, 100, { key: 'once' });
	const fault = { path: '/capture$', carryOut: true };
	await simulator.control('/faults', { ...fault, reset: true });
	await assert.rejects(capture());
	assert.deepEqual(sums(await merchant.get(reference)), [49900, 0, 100, 0]);
	await simulator.control('/faults', { ...fault, status: 503, body: 'gone' });
	const gone = await capture();
	assert.deepEqual([gone.status, gone.body], [503, 'gone']);
	await simulator.control('/faults', { ...fault, truncate: true });
	await assert.rejects(capture());
	await simulator.control('/faults', { ...fault, status: 504 });
	assert.deepEqual((await capture()).status, 504);
	await simulator.control('/faults', { path: '/capture$', reset: true });
	await assert.rejects(merchant.capture(reference, 100, { key: 'not carried out' }));
	const known = await capture();
	assert.deepEqual([known.status, sums(known)], [200, [49900, 0, 100, 0]]);
	assert.equal((await merchant.events(reference)).length, 3);
	const { requests } = await simulator.control('/requests');
	const statuses = requests
		.filter(({ url }: Json) => url.endsWith('/capture'))
		.map(({ status }: Json) => status);
	assert.deepEqual(statuses, [null, 503, 200, 504, null, 200]);
});

test('a delay with carryOut holds the answer back, not the request', async () => {
	await merchant.authorized({ reference });
	await simulator.control('/faults', { path: '/capture$', carryOut: true, delayMs: 300 });
	const started = performance.now();
	const answer = merchant.capture(reference, 100);
	let captured = 0;
	while (captured === 0 && performance.now() - started < 250) {
		captured = sums(await merchant.get(reference))[2]!;
	}
	assert.equal(captured, 100);
	assert.equal((await answer).status, 200);
	assert.ok(performance.now() - started >= 290);
});

test('what faults have hit is told, with the key and whether it was carried out', async () => {
	await merchant.authorized({ reference });
	for (const fault of [{ carryOut: true, status: 500 }, { status: 500 }, { truncate: true }]) {
		await simulator.control('/faults', { path: '/capture$', ...fault });
		await merchant.capture(reference, 100, { key: 'a-key' }).catch(() => undefined);
	}
	await merchant.capture(reference, 100, { key: 'a-key' });
	const one = { method: 'POST', url: `/epayment/v1/payments/${reference}/capture` };
	const { struck } = await simulator.control('/faults');
	assert.deepEqual(
		struck,
		[true, false, true].map((carriedOut) => ({ ...one, idempotencyKey: 'a-key', carriedOut })),
	);
	await simulator.control('/faults', undefined, 'DELETE');
	assert.deepEqual(await simulator.control('/faults'), { struck: [] });
});

test('keys can be forgotten: the same write is then carried out again', async () => {
	await merchant.authorized({ reference });
	const capture = async (): Promise<unknown> =>
		sums(await merchant.capture(reference, 100, { key: 'a-key' }))[2];
	assert.deepEqual([await capture(), await capture()], [100, 100]);
	await simulator.control('/reset', { options: { ...options, idempotency: 'forgets' } });
	await merchant.authorized({ reference });
	assert.deepEqual([await capture(), await capture()], [100, 200]);
});

test('the control shows the payments of one reference', async () => {
	await merchant.create({ reference });
	await merchant.create({ reference: `${reference}-2` });
	const { payments } = await simulator.control(`/payments?reference=${reference}`);
	assert.deepEqual(
		payments.map((payment: Json) => payment.reference),
		[reference],
	);
	assert.equal((await simulator.control('/payments')).payments.length, 2);
});

test('the control shows payments and plays the customer', async () => {
	for (const [name, state] of [
		['approve', 'AUTHORIZED'],
		['abort', 'ABORTED'],
		['expire', 'EXPIRED'],
	] as const) {
		await merchant.create({ reference: `order-${name}` });
		const acted = await simulator.control(`/payments/${name}`, { reference: `order-${name}` });
		assert.equal(acted.state, state);
		assert.deepEqual(
			acted.events.map((event: Json) => event.name),
			['CREATED', state],
		);
		await assert.rejects(
			simulator.control('/payments/approve', { reference: `order-${name}` }),
			new RegExp(state),
		);
	}
	const { payments } = await simulator.control('/payments');
	assert.deepEqual(
		payments.map(({ merchantSerialNumber, state }: Json) => [merchantSerialNumber, state]),
		[
			['123456', 'AUTHORIZED'],
			['123456', 'ABORTED'],
			['123456', 'EXPIRED'],
		],
	);
});

test('the control says what is wrong with its input', async () => {
	const partner = payer(simulator, 'NOK', { keyType: 'partner', msn: '234567' });
	await merchant.create();
	await partner.create();
	const fail = { reference, merchantSerialNumber: '123456', operation: 'capture', code: 6260 };
	for (const [path, body, expected] of [
		['approve', { reference: 'none' }, /no payment/],
		['approve', { reference }, /merchantSerialNumber/],
		['approve', {}, /reference/],
		['approve', { reference, phone: '1' }, /phone/],
		['fail', { ...fail, operation: 'create' }, /operation/],
		['fail', { ...fail, code: 1 }, /code/],
		['fail', { ...fail, status: 200 }, /status/],
		['fail', { ...fail, times: 0 }, /times/],
	] as const) {
		await assert.rejects(simulator.control(`/payments/${path}`, body), expected);
	}
	const acted = await simulator.control('/payments/abort', {
		reference,
		merchantSerialNumber: '234567',
	});
	assert.equal(acted.merchantSerialNumber, '234567');
	assert.equal((await merchant.get(reference)).body.state, 'CREATED');
});

/** The fields of the form whose button has that id, and where it goes. */
function formOf(html: string, id: string): { action: string; fields: URLSearchParams } {
	const form = html.split('<form').find((part) => part.includes(`id="${id}"`))!;
	const attribute = (name: string, text: string) => new RegExp(`${name}="([^"]*)"`).exec(text)![1]!;
	const button = /<button[^>]*>/.exec(form)![0];
	const input = /<input[^>]*>/.exec(form)![0];
	return {
		action: attribute('action', form),
		fields: new URLSearchParams([
			[attribute('name', input), attribute('value', input)],
			[attribute('name', button), attribute('value', button)],
		]),
	};
}

async function open(url: string): Promise<string> {
	const response = await fetch(url);
	assert.equal(response.status, 200);
	assert.match(response.headers.get('content-type')!, /^text\/html/);
	return await response.text();
}

async function press(html: string, id: string): Promise<string> {
	const { action, fields } = formOf(html, id);
	const response = await fetch(simulator.url + action, { method: 'POST', body: fields });
	assert.equal(response.status, 200);
	return await response.text();
}

test('the landing page shows who asks for how much, and approves', async () => {
	const { redirectUrl } = (await merchant.create({ receipt })).body;
	const html = await open(redirectUrl);
	for (const text of [
		'Fjord Sport Oslo',
		'499.00 NOK',
		'One pair of socks',
		'2 PCS',
		'10.00 NOK',
	]) {
		assert.ok(html.includes(text), text);
	}
	assert.doesNotMatch(html, /<script|http-equiv/);
	const done = await press(html, 'approve');
	assert.match(done, /id="result" data-state="AUTHORIZED"/);
	assert.match(
		done,
		new RegExp(`id="return" href="https://example.com/redirect\\?reference=${reference}"`),
	);
	assert.equal((await merchant.get(reference)).body.state, 'AUTHORIZED');
	// Coming back to the page, or pressing the other button of an old one, changes nothing.
	assert.doesNotMatch(await open(redirectUrl), /<form/);
	assert.match(await press(html, 'cancel'), /AUTHORIZED/);
});

test('the landing page cancels, and tells of a payment that is too old', async () => {
	const { redirectUrl } = (await merchant.create()).body;
	assert.match(await press(await open(redirectUrl), 'cancel'), /ABORTED/);
	assert.equal((await merchant.get(reference)).body.state, 'ABORTED');
	const second = (await merchant.create({ reference: 'order-second' })).body;
	const html = await open(second.redirectUrl);
	await simulator.control('/clock', { advanceSeconds: 601 });
	assert.match(await press(html, 'approve'), /EXPIRED/);
	const unknown = await fetch(`${simulator.url}/simulator/landing?token=unknown`);
	assert.equal(unknown.status, 404);
});

test('what a merchant writes is text on the landing page, whatever it looks like', async () => {
	const nasty = `<img src=x onerror="alert('1')">&`;
	const [line] = receipt.orderLines;
	const { redirectUrl } = (
		await merchant.create({
			paymentDescription: nasty,
			returnUrl: `https://example.com/?"><script>alert(1)</script>`,
			receipt: { ...receipt, orderLines: [{ ...line, name: nasty }] },
		})
	).body;
	const html = await open(redirectUrl);
	assert.doesNotMatch(html, /<img|<script/);
	const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;';
	assert.equal(html.split(escaped).length, 3);
	assert.doesNotMatch(await press(html, 'approve'), /<script/);
});

test('a QR code comes as picture of the chosen kind, or as the address itself', async () => {
	const draw = async (reference: string, qrFormat?: object) => {
		const made = await merchant.create({ reference, userFlow: 'QR', qrFormat });
		return await fetch(made.body.redirectUrl);
	};
	const svg = await draw('order-qr-svg');
	assert.equal(svg.headers.get('content-type'), 'image/svg+xml');
	assert.match(await svg.text(), /^<svg/);
	for (const [size, pixels] of [
		[300, 300],
		[undefined, 1024],
	]) {
		const png = await draw(`order-qr-${pixels}`, { format: 'IMAGE/PNG', size });
		assert.equal(png.headers.get('content-type'), 'image/png');
		const bytes = Buffer.from(await png.arrayBuffer());
		assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
		// Width and height in the header.
		assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [pixels, pixels]);
	}
	const text = await draw('order-qr-text', { format: 'TEXT/TARGETURL' });
	assert.match(await text.text(), /id="approve"/);
	assert.equal((await fetch(`${simulator.url}/simulator/qr?token=unknown`)).status, 404);
});

test('a reset forgets payments, keys and limits', async () => {
	await merchant.create({}, { key: 'a' });
	await simulator.control('/reset', { data: 'empty', now, options });
	assert.equal(codeOf(await merchant.get(reference)), '5090');
	assert.equal((await merchant.create({ returnUrl: 'https://b.c' }, { key: 'a' })).status, 201);
});
