import type { Identifier } from './ledger.mts';
import { marketOfScheme } from './markets.mts';
import type { Random } from './random.mts';
import type { World } from './world.mts';

export const productTypes = [
	'PAYMENT_INTEGRATION',
	'CASHIER',
	'CHECKOUT',
	'LOGIN',
	'DONATIONS',
] as const;

export type ProductType = (typeof productTypes)[number];

export type OrderStatus =
	| 'RECEIVED'
	| 'MERCHANT_VIEWED'
	| 'ORDER_SUBMITTED'
	| 'EXPIRED'
	| 'COMPLETED'
	| 'REJECTED';

export type OrderType = 'PREFILL' | 'TEMPLATE' | 'MANUAL';

/** What the Management API tells about an order, in its own field names. */
export interface OrderFacts {
	productOrderType: OrderType;
	productOrderId: string;
	productType: ProductType;
	status: OrderStatus;
	businessIdentifier: Identifier;
	/** Where the merchant finds the prefilled form; null for orders that no partner prefilled. */
	productOrderUrl: string | null;
	/** Null until the order is completed. */
	salesUnit: { msn: string; name: string } | null;
}

/** A merchant's order of a product, which ends as a sales unit or not. */
export interface ProductOrder {
	facts: OrderFacts;
	/** Milliseconds. */
	createdAt: number;
	/** What the sales unit is to be like. */
	wishes: { salesUnitName?: string; settlementBankAccount?: Identifier; hasRecurring?: boolean };
}

export type NewOrder = Pick<OrderFacts, 'productType' | 'businessIdentifier'> &
	Partial<Pick<OrderFacts, 'productOrderType' | 'productOrderId' | 'status'>> &
	Pick<ProductOrder, 'createdAt' | 'wishes'>;

/** How long the merchant can submit a prefilled order, in milliseconds: 14 days. */
const lifetime = 14 * 86_400_000;

/** The way to completion. A template's order and one that the merchant makes alone show less of it. */
const steps: Record<OrderType, readonly OrderStatus[]> = {
	PREFILL: ['RECEIVED', 'MERCHANT_VIEWED', 'ORDER_SUBMITTED', 'COMPLETED'],
	TEMPLATE: ['RECEIVED', 'COMPLETED'],
	MANUAL: ['RECEIVED', 'COMPLETED'],
};

const submittable: readonly OrderStatus[] = ['RECEIVED', 'MERCHANT_VIEWED'];
const final: readonly OrderStatus[] = ['COMPLETED', 'REJECTED', 'EXPIRED'];

/** The orders that name the partner. */
export class ProductOrders {
	readonly #orders = new Map<string, ProductOrder>();
	readonly #random: Random;

	constructor(random: Random) {
		this.#random = random;
	}

	/** Every order, as it is at that time (milliseconds), the oldest first. */
	all(now: number): ProductOrder[] {
		const orders = [...this.#orders.values()];
		for (const order of orders) expire(order, now);
		return orders;
	}

	find(productOrderId: string, now: number): ProductOrder | undefined {
		const order = this.#orders.get(productOrderId.toLowerCase());
		if (order) expire(order, now);
		return order;
	}

	add({ createdAt, wishes, ...given }: NewOrder): ProductOrder {
		const { productOrderType = 'PREFILL', productOrderId = this.#nextId() } = given;
		const isPrefilled = productOrderType === 'PREFILL';
		const facts: OrderFacts = {
			productOrderType,
			productOrderId,
			productType: given.productType,
			status: given.status ?? 'RECEIVED',
			businessIdentifier: given.businessIdentifier,
			productOrderUrl: isPrefilled ? prefillUrl(productOrderId) : null,
			salesUnit: null,
		};
		const order = { facts, createdAt, wishes };
		this.#orders.set(productOrderId, order);
		return order;
	}

	delete({ facts }: ProductOrder): void {
		this.#orders.delete(facts.productOrderId);
	}

	#nextId(): string {
		let digits = '';
		while (digits.length < 32) digits += this.#random.int(0, 15).toString(16);
		return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5');
	}
}

export function isFinal({ facts }: ProductOrder): boolean {
	return final.includes(facts.status);
}

/** Whether the merchant has a prefilled form that is not submitted yet. */
export function isOpenPrefill({ facts }: ProductOrder): boolean {
	return facts.productOrderType === 'PREFILL' && submittable.includes(facts.status);
}

/**
 * Moves an order on: to its next step, or to the given status. Completed, it is a sales unit.
 * @throws Error when the order cannot come to that status
 */
export function advance(world: World, order: ProductOrder, to?: OrderStatus): void {
	const { status, productOrderType } = order.facts;
	const way = steps[productOrderType];
	const position = way.indexOf(status);
	const target = to ?? way[position + 1];
	if (isFinal(order) || target === undefined) throw new Error(`The order is ${status} for good`);
	const isAhead = way.indexOf(target) > position;
	const isOtherEnd = target === 'REJECTED' || (target === 'EXPIRED' && isOpenPrefill(order));
	if (!isAhead && !isOtherEnd) {
		throw new Error(`A ${productOrderType} order that is ${status} cannot become ${target}`);
	}
	order.facts.status = target;
	if (target === 'COMPLETED') order.facts.salesUnit = addSalesUnit(world, order);
}

function addSalesUnit(
	world: World,
	{ facts, wishes }: ProductOrder,
): { msn: string; name: string } {
	const { salesUnits } = world;
	let number = 900_001;
	while (salesUnits.has(String(number))) number++;
	const { salesUnitName, settlementBankAccount, hasRecurring = false } = wishes;
	const isLogin = facts.productType === 'LOGIN';
	const { msn, name } = salesUnits.add({
		msn: String(number),
		market: marketOfScheme(facts.businessIdentifier.scheme)?.name ?? 'NO',
		businessIdentifier: facts.businessIdentifier,
		...(salesUnitName === undefined ? {} : { name: salesUnitName }),
		...(settlementBankAccount === undefined ? {} : { settlementBankAccount }),
		configuration: {
			recurringAllowed: hasRecurring,
			...(isLogin ? { paymentAllowed: false, captureType: 'NotApplicable' } : {}),
		},
		createdAt: world.clock.now(),
	});
	return { msn, name };
}

/** Lets an order expire that the merchant has not submitted in time. */
function expire(order: ProductOrder, now: number): void {
	if (isOpenPrefill(order) && now >= order.createdAt + lifetime) order.facts.status = 'EXPIRED';
}

/** An address that leads nowhere: the merchant's form is no part of the simulator. */
function prefillUrl(productOrderId: string): string {
	return `https://portal.example.com/register/prefilled/${productOrderId}`;
}
