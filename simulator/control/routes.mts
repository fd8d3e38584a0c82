import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.mts';
import { adjustmentControl } from './adjustments.mts';
import { landingControl } from './landing.mts';
import { ledgerControl } from './ledgers.mts';
import { managementControl } from './management.mts';
import { moneyControl } from './money.mts';
import { paymentControl } from './payments.mts';
import { watchControl } from './watch.mts';
import { webhookControl } from './webhooks.mts';
import { worldControl } from './world.mts';

/** Everything under /simulator: no keys, no faults, not in the request log. */
export function controlRoutes(app: FastifyInstance, simulator: Simulator, url: () => string): void {
	worldControl(app, simulator, url);
	ledgerControl(app, simulator);
	moneyControl(app, simulator);
	adjustmentControl(app, simulator);
	managementControl(app, simulator);
	paymentControl(app, simulator, url);
	landingControl(app, simulator, url);
	webhookControl(app, simulator);
	watchControl(app, simulator);
}
