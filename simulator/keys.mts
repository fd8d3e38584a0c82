/** The keys of the simulated merchant, partner and accountant. They are made up and open nothing else. */
export const keys = {
	/** Client id and secret only: the specialized token flow. */
	accounting: {
		clientId: '00000000-0000-4000-8000-0000000acc01',
		clientSecret: 'simulator-accounting-secret',
	},
	/** Sales unit keys: the standard token flow, one merchant serial number. */
	merchant: {
		clientId: '00000000-0000-4000-8000-00000000a123',
		clientSecret: 'simulator-merchant-secret',
		subscriptionKey: 'simulator-merchant-subscription-key',
		secondarySubscriptionKey: 'simulator-merchant-subscription-key-2',
		merchantSerialNumber: '123456',
	},
	/** Partner keys: the standard token flow; neither Report nor Sales accept them. */
	partner: {
		clientId: '00000000-0000-4000-8000-0000000fa123',
		clientSecret: 'simulator-partner-secret',
		subscriptionKey: 'simulator-partner-subscription-key',
		secondarySubscriptionKey: 'simulator-partner-subscription-key-2',
	},
} as const;

export type KeyType = keyof typeof keys;

/** Whether a subscription key, primary or secondary, belongs to that key type. */
export function hasSubscriptionKey(keyType: KeyType, given: string): boolean {
	if (keyType === 'accounting') return false;
	const { subscriptionKey, secondarySubscriptionKey } = keys[keyType];
	return given === subscriptionKey || given === secondarySubscriptionKey;
}
