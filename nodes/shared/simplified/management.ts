import { isObject } from '../ledger/object';
import { flatten } from './flatten';

/** Under the names of the node's own fields, so that the next node can take them over. */
const BUSINESS = { scheme: 'businessIdentifier.scheme', businessId: 'businessIdentifier.id' };

/** A sales unit in ten flat fields: which one, whose, and what it may do. */
export const simplifySalesUnit = (unit: object) =>
	flatten(unit, {
		msn: 'msn',
		name: 'name',
		...BUSINESS,
		paymentAllowed: 'configuration.paymentAllowed',
		captureType: 'configuration.captureType',
		partialCaptureAllowed: 'configuration.partialCaptureAllowed',
		lateCaptureAllowed: 'configuration.lateCaptureAllowed',
		recurringAllowed: 'configuration.recurringAllowed',
		creditCardPaymentAllowed: 'configuration.creditCardPaymentAllowed',
	});

/** The address as one line: "Havnegade 12, 2. sal". */
function streetOf(merchant: object): { street?: string } {
	const { businessAddress: address } = merchant as { businessAddress?: unknown };
	const lines = isObject(address) ? address.lines : undefined;
	return Array.isArray(lines) ? { street: lines.join(', ') } : {};
}

/** A merchant in ten flat fields: which one, its status, and where it is. */
export const simplifyMerchant = (merchant: object) => ({
	...flatten(merchant, {
		...BUSINESS,
		name: 'name',
		status: 'status',
		countryCode: 'countryCode',
		createdAt: 'createdAt',
		updatedAt: 'updatedAt',
		postCode: 'businessAddress.postCode',
		city: 'businessAddress.city',
	}),
	...streetOf(merchant),
});

/** A product order in nine flat fields: which one, whose, how far it is, and what came of it. */
export const simplifyProductOrder = (order: object) =>
	flatten(order, {
		productOrderId: 'productOrderId',
		productOrderType: 'productOrderType',
		productType: 'productType',
		status: 'status',
		...BUSINESS,
		productOrderUrl: 'productOrderUrl',
		msn: 'salesUnit.msn',
		salesUnitName: 'salesUnit.name',
	});
