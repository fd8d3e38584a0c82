import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.mts';
import { advance, type OrderStatus } from '../world/productOrders.mts';
import { orRefuse, readBody, refuse } from './body.mts';

/** What merchants and Vipps MobilePay do with product orders. */
export function managementControl(app: FastifyInstance, simulator: Simulator): void {
	app.get('/simulator/product-orders', () => {
		const orders = simulator.world.productOrders.all(simulator.world.now());
		return { productOrders: orders.map(({ facts }) => facts) };
	});

	app.post('/simulator/product-orders/advance', (request) => {
		const { productOrderId, status } = readBody<{ productOrderId: string; status?: OrderStatus }>(
			request,
			['productOrderId', 'status'],
			['productOrderId'],
		);
		const { world } = simulator;
		const order = world.productOrders.find(String(productOrderId), world.now());
		if (!order) throw refuse(`There is no product order ${productOrderId}`, 404);
		orRefuse(() => advance(world, order, status));
		return order.facts;
	});
}
