import type { DataSettings, Options } from '../options.mts';
import { behaviourOf } from '../options.mts';
import { Clock } from '../world/clock.mts';
import { World } from '../world/world.mts';
import { addBulk } from './bulk.mts';
import { addDemoLedger, demoNotBefore } from './demo.mts';
import { addDocumented } from './documented.mts';
import { addMerchants, notBeforeUntil } from './merchants.mts';
import { addProductOrders } from './productOrders.mts';
import { addSettlement } from './settlement.mts';
import { addWorkedExample } from './workedExample.mts';

interface DataSet {
	fill: (world: World, settings: DataSettings) => void;
	/** A running clock starts here at the earliest (milliseconds), so that the data is in the past. */
	notBefore?: (settings: DataSettings) => number;
}

const sets: Record<string, DataSet> = {
	'worked-example': { fill: addWorkedExample },
	demo: {
		fill(world) {
			addWorkedExample(world);
			addDemoLedger(world);
		},
		notBefore: () => demoNotBefore,
	},
	merchants: { fill: addMerchants, notBefore: notBeforeUntil },
	settlement: { fill: addSettlement, notBefore: notBeforeUntil },
	bulk: { fill: addBulk, notBefore: notBeforeUntil },
	documented: { fill: addDocumented, notBefore: () => Date.UTC(2026, 5, 2, 6) },
	empty: { fill() {} },
};

export const dataSetNames = Object.keys(sets);

/**
 * Builds a world from a data set.
 * @param now where the clock stands still (milliseconds); without it, the clock runs in real time
 * @throws Error when there is no data set of that name
 */
export function buildWorld(data: string, seed: number, options: Options, now?: number): World {
	const set = Object.hasOwn(sets, data) ? sets[data] : undefined;
	if (!set) throw new Error(`The data sets are ${dataSetNames.join(', ')}`);
	const clock = new Clock(now, set.notBefore?.(options));
	const world = new World(clock, seed, behaviourOf(options).refundSign === 'negative' ? -1 : 1);
	set.fill(world, options);
	addProductOrders(world);
	return world;
}
