const epayment = [
	'created',
	'aborted',
	'expired',
	'cancelled',
	'captured',
	'refunded',
	'authorized',
	'terminated',
].map((name) => `epayments.payment.${name}.v1`);

const recurring = [
	'agreement-activated',
	'agreement-rejected',
	'agreement-stopped',
	'agreement-expired',
	'charge-reserved',
	'charge-captured',
	'charge-canceled',
	'charge-refunded',
	'charge-failed',
	'charge-creation-failed',
].map((name) => `recurring.${name}.v1`);

const donations = ['started', 'stopped', 'withdrawal-day-changed', 'amount-changed'].map(
	(name) => `donations.agreement.${name}.v1`,
);

/** A customer's check-in by a QR code of the merchant's. */
export const checkedIn = 'user.checked-in.v1';

/** The events that are documented by name. */
export const documentedEvents: readonly string[] = [
	...epayment,
	...recurring,
	'login.merchant-initiated.ping.v1',
	checkedIn,
	...donations,
];
