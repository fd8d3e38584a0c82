/** The values of the parameter `authentication` and the credential types that they stand for. */
export const CREDENTIAL_TYPES = {
	accountingApi: 'vippsMobilePayAccountingApi',
	merchantApi: 'vippsMobilePayMerchantApi',
} as const;

export type Authentication = keyof typeof CREDENTIAL_TYPES;
