import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiClient } from '../shared/transport/client';

/** What the file of an operation exports. */
export interface Operation {
	/** Its fields, shown for this resource and operation only. */
	description: INodeProperties[];
	/** Does its work for one input item and gives the output items that come of it. */
	execute: (context: IExecuteFunctions, client: ApiClient, itemIndex: number) => Promise<object[]>;
	/** Makes the few flat fields of a result that the field Simplify is about. */
	simplify?: (result: object) => object;
	/** How many items are worked on at the same time; one after the other when left out. */
	sideBySide?: number;
	/**
	 * Whether it reads whole feeds, dates or ledgers: items are then worked on side by side, and share
	 * the limits that the user has set, or else the defaults.
	 */
	readsMuch?: boolean;
	/** Shown to the user when nothing came of an item. */
	emptyHint?: string;
}
