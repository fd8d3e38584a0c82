import {
	createProductOrder,
	deleteProductOrder,
	getMerchant,
	getMerchantSalesUnits,
	getPricePackages,
	getProductOrder,
	getProductOrders,
	getSalesUnit,
	getSalesUnits,
} from '../../../nodes/shared/api/management';
import { answeringWith, type StandInClient } from '../../support/apiClient';

const NO = { scheme: 'business:NO:ORG', id: '987654321' };
const FI = { scheme: 'business:FI:Y-tunnus', id: '1234567-1' };
const ODD = { scheme: 'business:SE:a/b?', id: '55 66/7' };

type Call = (client: StandInClient) => Promise<unknown>;

test.each<[string, Call]>([
	['/management/v1/sales-units', getSalesUnits],
	['/management/v1/sales-units/123456', async (client) => await getSalesUnit(client, '123456')],
	[
		'/management/v1/merchants/business:NO:ORG/987654321',
		async (client) => await getMerchant(client, NO),
	],
	[
		'/management/v1/merchants/business:FI:Y-tunnus/1234567-1/sales-units',
		async (client) => await getMerchantSalesUnits(client, FI),
	],
	[
		'/management/v1/merchants/business:SE:a%2Fb%3F/55%2066%2F7',
		async (client) => await getMerchant(client, ODD),
	],
	['/management/v2/product-orders', getProductOrders],
	[
		'/management/v2/product-orders/an%2Fid/details',
		async (client) => await getProductOrder(client, 'an/id'),
	],
	['/management/v1/partners/price-packages', getPricePackages],
])('%s is read', async (path, call) => {
	const client = answeringWith({});
	await call(client);
	expect(client.asked[0].path).toBe(path);
	expect(client.asked[0].method).toBeUndefined();
	expect(client.asked[0].subject).toMatch(/\w/);
});

it('expired orders are asked for only when they are wanted', async () => {
	const client = answeringWith([]);
	await getProductOrders(client);
	await getProductOrders(client, false);
	await getProductOrders(client, true);
	expect(client.asked.map(({ query }) => query?.includeExpired)).toEqual([
		undefined,
		undefined,
		true,
	]);
});

describe('a list', () => {
	const lists: Call[] = [
		getSalesUnits,
		async (client) => await getMerchantSalesUnits(client, NO),
		getProductOrders,
		getPricePackages,
	];

	it('passes through with all its fields', async () => {
		const body = [{ new: ['field'] }, {}];
		for (const list of lists) expect(await list(answeringWith(body))).toEqual(body);
	});

	it.each([[{}], [{ items: [] }], [[null]], [['text']], [''], [undefined]])(
		'is not %p',
		async (body) => {
			for (const list of lists) expect(await list(answeringWith(body))).toBeUndefined();
		},
	);
});

it('a serial number is text, also where it was a number', async () => {
	const units = [{ msn: 123456 }, { msn: '0123' }, { name: 'none' }];
	const asText = [{ msn: '123456' }, { msn: '0123' }, { name: 'none' }];
	expect(await getSalesUnits(answeringWith(units))).toEqual(asText);
	expect(await getMerchantSalesUnits(answeringWith(units), NO)).toEqual(asText);
	expect(await getSalesUnit(answeringWith({ msn: 123456 }), '123456')).toEqual({ msn: '123456' });
});

it('a new order carries its key and may be repeated', async () => {
	const client = answeringWith({ productOrderId: '1' });
	const body = { productType: 'LOGIN' };
	expect(await createProductOrder(client, body, 'a-key')).toEqual({ productOrderId: '1' });
	expect(client.asked[0]).toMatchObject({
		method: 'POST',
		path: '/management/v1/product-orders',
		headers: { 'Idempotency-Key': 'a-key' },
		repeatable: true,
		body,
	});
});

it('an order that is not there any more when its deletion is repeated has been deleted', async () => {
	const client = answeringWith('');
	await deleteProductOrder(client, 'an/id');
	const [request] = client.asked;
	expect(request).toMatchObject({
		method: 'DELETE',
		path: '/management/v1/product-orders/an%2Fid',
		repeatable: true,
	});
	const statuses = [400, 403, 404, 409, 500];
	expect(statuses.filter((status) => request.readWhenRepeated?.(status))).toEqual([404]);
});
