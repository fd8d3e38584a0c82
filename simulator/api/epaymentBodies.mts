import { z } from 'zod';

/** Minor units. */
const count = z.number().int();
const positive = count.min(0);

/** The pattern is named when it is failed. */
const text = (pattern: RegExp) => z.string().regex(pattern, `Must match ${pattern.source}`);

const amount = z
	.object({
		currency: z.enum(['NOK', 'DKK', 'EUR', 'SEK', 'USD', 'GBP']),
		value: positive.max(65_000_000),
	})
	.strict();

const oneOf = (names: readonly string[]) => ({
	message: `Give exactly one of ${names.join(', ')}`,
});

/** True when exactly one of the named fields is there. */
function hasOne(value: object, names: readonly string[]): boolean {
	return (
		names.filter((name) => (value as Record<string, unknown>)[name] !== undefined).length === 1
	);
}

const customerFields = ['phoneNumber', 'personalQr', 'customerToken'] as const;

const customer = z
	.object({
		phoneNumber: text(/^\d{9,15}$/).optional(),
		personalQr: z.string().min(5).max(255).optional(),
		customerToken: z.string().min(1).optional(),
	})
	.strict()
	.refine((value) => hasOne(value, customerFields), oneOf(customerFields));

const unitInfo = z
	.object({
		unitPrice: positive.nullable(),
		quantity: text(/^\d+([.]\d{1,8})?$/).max(10),
		quantityUnit: z.enum(['PCS', 'KG', 'KM', 'MINUTE', 'LITRE', 'KWH']).nullish(),
	})
	.strict();

const orderLine = z
	.object({
		name: z.string(),
		id: z.string(),
		totalAmount: count,
		totalAmountExcludingTax: count,
		totalTaxAmount: count,
		taxPercentage: positive.max(100).nullish(),
		taxRate: positive.max(10_000).nullish(),
		unitInfo: unitInfo.optional(),
		discount: positive.nullish(),
		productUrl: z.string().nullish(),
		isReturn: z.boolean().nullish(),
		isShipping: z.boolean().nullish(),
	})
	.strict()
	.refine(({ taxRate, taxPercentage }) => (taxRate ?? taxPercentage) != null, {
		message: 'Either taxRate or taxPercentage must be set',
		path: ['taxRate'],
	});

const bottomLine = z
	.object({
		currency: amount.shape.currency,
		tipAmount: positive.nullish(),
		giftCardAmount: positive.nullish(),
		posId: z.string().nullish(),
		totalAmount: count.nullish(),
		totalTax: positive.nullish(),
		totalDiscount: positive.nullish(),
		shippingAmount: positive.nullish(),
		shippingInfo: z
			.object({
				amount: positive.nullable(),
				amountExcludingTax: positive.nullable(),
				taxAmount: positive.nullable(),
				taxPercentage: positive.max(100).nullable(),
			})
			.strict()
			.optional(),
		paymentSources: z
			.object({
				giftCard: count.nullish(),
				card: count.nullish(),
				voucher: count.nullish(),
				cash: count.nullish(),
			})
			.strict()
			.optional(),
		barcode: z
			.object({
				format: z.enum(['EAN-13', 'CODE 39', 'CODE 128']).nullable(),
				data: z.string().nullable(),
			})
			.strict()
			.optional(),
		receiptNumber: z.string().nullish(),
		terminalId: z.string().nullish(),
	})
	.strict();

const shippingGroup = z
	.object({
		isDefault: z.boolean().optional(),
		priority: count.optional(),
		type: z.enum(['HOME_DELIVERY', 'PICKUP_POINT', 'MAILBOX', 'IN_STORE', 'OTHER']),
		brand: z.enum([
			'POSTEN',
			'BRING',
			'POSTNORD',
			'HELTHJEM',
			'PORTERBUDDY',
			'DHL',
			'INSTABOX',
			'FEDEX',
			'MATKAHUOLTO',
			'GLS',
			'POSTI',
			'GORDON',
			'OTHER',
		]),
		options: z
			.array(
				z
					.object({
						id: z.string(),
						isDefault: z.boolean().optional(),
						amount,
						name: z.string(),
						priority: count.optional(),
						meta: z.string().optional(),
						estimatedDelivery: z.string().optional(),
					})
					.strict(),
			)
			.min(1),
	})
	.strict();

const shippingKinds = ['fixedOptions', 'dynamicOptions'] as const;

const shipping = z
	.object({
		fixedOptions: z
			.array(shippingGroup)
			.min(1)
			.refine(
				(groups) =>
					new Set(groups.map(({ brand, type }) => `${brand} ${type}`)).size === groups.length,
				{ message: 'One group per brand and type' },
			)
			.optional(),
		dynamicOptions: z
			.object({ callbackUrl: z.string(), callbackAuthorizationToken: z.string().optional() })
			.strict()
			.optional(),
		allowedCountries: z.array(text(/^[A-Z]{2}$/)).optional(),
	})
	.strict()
	.refine((value) => hasOne(value, shippingKinds), oneOf(shippingKinds));

const expressScopes = 'address email name phoneNumber';

/** The body of a new payment, strict at every level. Lengths of metadata have codes of their own and are not looked at here. */
export const createBody = z
	.object({
		amount,
		paymentMethod: z
			.object({
				type: z.enum(['WALLET', 'CARD', 'CARD_PASSTHROUGH']),
				blockedSources: z.array(z.enum(['COMMERCIAL_CARDS'])).optional(),
			})
			.strict(),
		reference: text(/^[a-zA-Z0-9-]{8,64}$/),
		userFlow: z.enum(['PUSH_MESSAGE', 'NATIVE_REDIRECT', 'WEB_REDIRECT', 'QR']),
		returnUrl: z.string().max(2500).optional(),
		customer: customer.optional(),
		customerInteraction: z.enum(['CUSTOMER_PRESENT', 'CUSTOMER_NOT_PRESENT']).optional(),
		minimumUserAge: positive.max(100).nullish(),
		profile: z.object({ scope: z.string().optional() }).strict().optional(),
		expiresAt: z.string().datetime({ offset: true }).nullish(),
		qrFormat: z
			.object({
				format: z.enum(['TEXT/TARGETURL', 'IMAGE/SVG+XML', 'IMAGE/PNG']),
				size: count.min(100).max(2000).nullish(),
			})
			.strict()
			.nullish(),
		paymentDescription: z.string().min(3).max(100).optional(),
		receipt: z
			.object({ orderLines: z.array(orderLine).min(1), bottomLine })
			.strict()
			.optional(),
		receiptUrl: z.string().nullish(),
		metadata: z.record(z.string()).nullish(),
		shipping: shipping.optional(),
		industryData: z
			.object({
				airlineData: z
					.object({
						agencyInvoiceNumber: z.string().min(1).max(6),
						airlineCode: z.string().length(3),
						airlineDesignatorCode: z.string().length(2),
						passengerName: z.string().min(1).max(49),
						ticketNumber: z.string().min(1).max(150).optional(),
					})
					.strict()
					.optional(),
			})
			.strict()
			.optional(),
		cardPassthrough: z
			.object({
				pspReference: z.string().max(64),
				cardCallbackUrl: z.string(),
				allowedCardTypes: z.array(
					z.enum(['VISA_DEBIT', 'VISA_CREDIT', 'MC_CREDIT', 'MC_DEBIT', 'DANKORT']),
				),
				preferVisaPartOfVisaDankort: z.boolean().optional(),
				publicEncryptionKeyId: z.string().optional(),
			})
			.strict()
			.optional(),
		merchantLegalLinks: z
			.object({ termsOfSaleUrl: z.string().optional(), privacyPolicyUrl: z.string().optional() })
			.strict()
			.optional(),
	})
	.strict()
	.superRefine(({ userFlow, paymentMethod, qrFormat, profile, shipping: express }, context) => {
		const refuse = (path: string[], message: string): void =>
			context.addIssue({ code: 'custom', path, message });
		// Assumption: documented as not allowed, but not how it is refused.
		if (paymentMethod.type === 'CARD' && userFlow !== 'WEB_REDIRECT') {
			refuse(['userFlow'], 'CARD goes with WEB_REDIRECT only');
		}
		if (qrFormat && userFlow !== 'QR') refuse(['qrFormat'], 'Goes with userFlow QR only');
		if (!express) return;
		if (paymentMethod.type !== 'WALLET') refuse(['paymentMethod', 'type'], 'Express needs WALLET');
		const scopes = profile?.scope?.split(' ').sort().join(' ');
		if (scopes !== expressScopes) {
			refuse(['profile', 'scope'], `Express needs exactly ${expressScopes}`);
		}
	});

export const modificationBody = z.object({ modificationAmount: amount }).strict();

export const cancelBody = z.object({ cancelTransactionOnly: z.boolean().optional() }).strict();

const approveFields = ['customer', 'token'] as const;

export const approveBody = z
	.object({ customer: customer.optional(), token: z.string().optional() })
	.strict()
	.refine((value) => hasOne(value, approveFields), oneOf(approveFields));

/** Whether a body's text has a key of its metadata twice, which parsing does not show. */
export function hasDuplicateMetadata(body: string): boolean {
	const string = '"(?:\\\\.|[^"\\\\])*"';
	const metadata =
		new RegExp(`"metadata"\\s*:\\s*\\{((?:[^"}]|${string})*)\\}`).exec(body)?.[1] ?? '';
	const names = [...metadata.matchAll(new RegExp(`(${string})\\s*:\\s*${string}`, 'g'))].map(
		([, name]) => JSON.parse(name!) as string,
	);
	return new Set(names).size < names.length;
}
