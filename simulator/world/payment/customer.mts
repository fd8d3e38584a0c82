import type { MarketName } from '../markets.mts';
import { scopesOf, type PaymentOrder } from './order.mts';
import { Refusal } from './refusal.mts';

/** Numbers that do not lead to somebody who can pay; every other number leads to the one customer there is. */
export const specialPhoneNumbers = { unknown: '4799999999', underage: '4788888888' } as const;

/** The age of the customer behind `specialPhoneNumbers.underage`, in years. */
const underage = 15;

/** Made-up personal data. */
const person = {
	sub: '9b5c9a1e-5d3b-4e0e-9d9f-0c4f6a7b8c9d',
	firstName: 'Ada',
	lastName: 'Example',
	email: 'ada@example.com',
	mobileNumber: '4712345678',
	dateOfBirth: '1988-12-31',
};

const addresses = {
	NO: { addressLine1: 'Eksempelveien 1', city: 'Oslo', country: 'NO', postCode: '0154' },
	DK: { addressLine1: 'Eksempelvej 1', city: 'Aarhus', country: 'DK', postCode: '8000' },
	FI: { addressLine1: 'Esimerkkitie 1', city: 'Helsinki', country: 'FI', postCode: '00100' },
} satisfies Record<MarketName, object>;

/**
 * Looks for the customer that an order names.
 * @throws Refusal 7010 when nobody has the number or is old enough, 4050 and 4060 for what is no customer's token or code
 */
export function checkCustomer({ customer, minimumUserAge }: PaymentOrder): void {
	// Assumption: what these look like is not documented, so one word of each stands for all that is wrong.
	if (customer?.customerToken === 'unknown') throw new Refusal(4050);
	if (customer?.personalQr === 'unknown') throw new Refusal(4060);
	const phoneNumber = customer?.phoneNumber;
	// No country code begins with 0.
	if (phoneNumber?.startsWith('0')) throw new Refusal(4070);
	if (phoneNumber === specialPhoneNumbers.unknown) throw new Refusal(7010);
	if (phoneNumber === specialPhoneNumbers.underage && (minimumUserAge ?? 0) > underage) {
		throw new Refusal(7010);
	}
}

/** What the customer shares when approving an order. */
export interface Shared {
	sub: string;
	/** Only what was asked for. */
	userDetails: Record<string, unknown>;
}

/** @returns null when the order asks for nothing */
export function shareProfile(order: PaymentOrder, market: MarketName): Shared | null {
	const scopes = scopesOf(order);
	if (scopes.length === 0) return null;
	const mobileNumber = order.customer?.phoneNumber ?? person.mobileNumber;
	const fields: Record<string, object> = {
		name: { firstName: person.firstName, lastName: person.lastName },
		email: { email: person.email },
		phoneNumber: { mobileNumber },
		birthDate: { dateOfBirth: person.dateOfBirth },
		address: { addresses: [addresses[market]] },
	};
	return { sub: person.sub, userDetails: Object.assign({}, ...scopes.map((name) => fields[name])) };
}

/** Where the goods go and what that costs, in the API's field names. */
export interface ShippingDetails {
	address: object;
	/** Minor units. */
	shippingCost: number;
	shippingOptionId: string;
	shippingOptionName: string;
}

/** The customer takes the first fixed option. @returns null where there is none; dynamic options are not asked for */
export function chooseShipping(order: PaymentOrder, market: MarketName): ShippingDetails | null {
	const option = order.shipping?.fixedOptions?.[0]?.options[0];
	if (!option) return null;
	return {
		address: addresses[market],
		shippingCost: option.amount.value,
		shippingOptionId: option.id,
		shippingOptionName: option.name,
	};
}
