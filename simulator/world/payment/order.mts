/** Minor units. */
export interface Money {
	currency: string;
	value: number;
}

export interface ShippingOption {
	id: string;
	name: string;
	amount: Money;
}

/** What a merchant asks for when it creates a payment, in the field names of the ePayment API. */
export interface PaymentOrder {
	reference: string;
	amount: Money;
	paymentMethod: { type: string; blockedSources?: string[] | undefined };
	userFlow: 'PUSH_MESSAGE' | 'NATIVE_REDIRECT' | 'WEB_REDIRECT' | 'QR';
	customer?: {
		phoneNumber?: string | undefined;
		personalQr?: string | undefined;
		customerToken?: string | undefined;
	};
	returnUrl?: string | undefined;
	/** RFC 3339. */
	expiresAt?: string | null | undefined;
	qrFormat?:
		| {
				format: 'TEXT/TARGETURL' | 'IMAGE/SVG+XML' | 'IMAGE/PNG';
				/** Pixels. */
				size?: number | null | undefined;
		  }
		| null
		| undefined;
	paymentDescription?: string | undefined;
	profile?: { scope?: string | undefined } | undefined;
	minimumUserAge?: number | null | undefined;
	metadata?: Record<string, string> | null | undefined;
	receipt?: { orderLines: OrderLine[] } | undefined;
	receiptUrl?: string | null | undefined;
	shipping?:
		| {
				fixedOptions?: { options: ShippingOption[] }[] | undefined;
				dynamicOptions?: { callbackUrl: string } | undefined;
		  }
		| undefined;
	merchantLegalLinks?:
		| { termsOfSaleUrl?: string | undefined; privacyPolicyUrl?: string | undefined }
		| undefined;
	cardPassthrough?: object | undefined;
}

interface OrderLine {
	name: string;
	/** Minor units, including tax. */
	totalAmount: number;
	unitInfo?: { quantity: string; quantityUnit?: string | null | undefined } | undefined;
}

/** The kinds of personal data that a merchant asks for. */
export function scopesOf({ profile }: PaymentOrder): string[] {
	return profile?.scope?.split(' ').filter(Boolean) ?? [];
}
