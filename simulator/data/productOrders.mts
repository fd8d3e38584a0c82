import { advance, type NewOrder, type OrderStatus } from '../world/productOrders.mts';
import type { World } from '../world/world.mts';

const dayMs = 86_400_000;

interface Past {
	order: Omit<NewOrder, 'createdAt'>;
	daysAgo: number;
	/** What has become of it; received when absent. */
	end?: OrderStatus;
}

const norwegian = (id: string) => ({ scheme: 'business:NO:ORG', id });
const danish = { scheme: 'business:DK:CVR', id: '12345674' };

const past: Past[] = [
	{
		order: {
			productOrderId: '6f1c2d3e-0001-4a5b-8c7d-000000000001',
			productOrderType: 'TEMPLATE',
			productType: 'CASHIER',
			businessIdentifier: danish,
			wishes: { salesUnitName: 'Havnens Cykler Kasse' },
		},
		daysAgo: 60,
		end: 'COMPLETED',
	},
	{
		order: {
			productOrderId: '6f1c2d3e-0002-4a5b-8c7d-000000000002',
			productOrderType: 'MANUAL',
			productType: 'LOGIN',
			businessIdentifier: norwegian('912345678'),
			wishes: {},
		},
		daysAgo: 45,
		end: 'REJECTED',
	},
	{
		order: {
			productOrderId: '6f1c2d3e-0003-4a5b-8c7d-000000000003',
			productType: 'PAYMENT_INTEGRATION',
			businessIdentifier: norwegian('923456789'),
			wishes: { salesUnitName: 'Too Late' },
		},
		daysAgo: 30,
		end: 'EXPIRED',
	},
	{
		order: {
			productOrderId: '6f1c2d3e-0004-4a5b-8c7d-000000000004',
			productOrderType: 'MANUAL',
			productType: 'DONATIONS',
			businessIdentifier: norwegian('934567890'),
			wishes: {},
		},
		daysAgo: 1,
	},
];

/** The orders that every world starts with. Their ages are by the clock that the world starts with. */
export function addProductOrders(world: World): void {
	for (const { order, daysAgo, end } of past) {
		const createdAt = world.clock.now() - daysAgo * dayMs;
		const added = world.productOrders.add({ ...order, createdAt });
		if (end) advance(world, added, end);
	}
}
