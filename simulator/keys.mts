/** The keys of the simulated merchant, accountant and partner (who has an older set, too). They are made up and open nothing else. */
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
	/** Management keys, the partner's from before partner keys: the specialized flow, Management only. */
	management: {
		clientId: '00000000-0000-4000-8000-00000000ada1',
		clientSecret: 'simulator-management-secret',
	},
} as const;

export type KeyType = keyof typeof keys;

/** The keys that consist of client id and secret only, and take the specialized token flow. */
export const specializedKeyTypes = ['accounting', 'management'] as const;

/** Whether a subscription key, primary or secondary, belongs to that key type. */
export function hasSubscriptionKey(keyType: KeyType, given: string): boolean {
	if (keyType === 'accounting' || keyType === 'management') return false;
	const { subscriptionKey, secondarySubscriptionKey } = keys[keyType];
	return given === subscriptionKey || given === secondarySubscriptionKey;
}
