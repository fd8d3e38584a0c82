import { z } from 'zod';
import type { ApiError } from '../errors.mts';
import { managementProblem } from '../errors.mts';
import type { Behaviour } from '../options.mts';
import { marketOfScheme } from '../world/markets.mts';
import { pricePackages } from '../world/pricePackages.mts';
import { productTypes } from '../world/productOrders.mts';

const httpsUrl = z.string().refine(isHttps, 'Must be a URL with https');

// Assumption: business identifiers and bank accounts of other markets than these three are refused.
const businessIdentifier = z.strictObject({
	scheme: z
		.string()
		.min(10)
		.max(30)
		.refine((scheme) => marketOfScheme(scheme) !== undefined, 'Must be the scheme of a market'),
	id: z.string().regex(/^[\d-]{4,50}$/, 'Must be 4 to 50 digits or hyphens'),
});

const bankAccount = z.strictObject({
	scheme: z.string().regex(/^BBAN:(NO|DK|FI)$/, 'Must be BBAN and the country code'),
	id: z.string().regex(/^\d{9,34}$/, 'Must be 9 to 34 digits'),
});

const website = z.strictObject({
	url: httpsUrl,
	termsUrl: httpsUrl,
	testWebsiteUrl: httpsUrl.nullish(),
	testWebsiteUsername: z.string().nullish(),
	testWebsitePassword: z.string().nullish(),
});

const order = z.strictObject({
	businessIdentifier,
	productType: z.enum(productTypes),
	salesUnitName: z
		.string()
		.min(1)
		.max(40)
		// The documented pattern as it stands, with its wide range from bracket to underscore.
		.regex(/^[\p{L}\p{M}\d\\()-_+\s.`]+$/u, 'Has a character that is not allowed')
		.nullish(),
	salesUnitLogo: z.string().refine(isBase64, 'Must be base64').nullish(),
	settlementBankAccount: bankAccount.nullish(),
	// Assumption: a price package that is not the partner's is refused.
	pricePackageId: z
		.string()
		.refine(isPricePackage, "Must be one of the partner's price packages")
		.nullish(),
	productUseCase: z.enum(['Website', 'WebsiteWithTest', 'App', 'Unknown']).nullish(),
	annualTurnover: z.number().int().min(0).max(999_999_999).nullish(),
	annualTurnoverPercentage: z
		.string()
		.regex(/^(10|[1-9])0$/, 'Must be tens from 10 to 100')
		.nullish(),
	intendedPurpose: z.string().nullish(),
	app: z.strictObject({ appName: z.string() }).nullish(),
	website: website.nullish(),
	hasRecurring: z.boolean().nullish(),
	// Assumption: text, as the schema has it; some samples write a number.
	merchantCategoryCode: z
		.string()
		.regex(/^[0-9]{4}$/, 'Must be four digits')
		.nullish(),
});

export type OrderBody = z.infer<typeof order>;

/**
 * Checks the body of a new product order.
 * @throws ApiError 400 that names every field that is unknown, missing or wrong
 */
export function checkOrder(body: unknown, { incompleteOrders }: Behaviour): OrderBody {
	const { data, error } = order.safeParse(body);
	if (error) throw invalid(onePerField(error.issues.flatMap(faultsOf)));
	const gaps = incompleteOrders === 'refused' ? gapsIn(data) : [];
	if (gaps.length > 0) throw invalid(gaps);
	return data;
}

interface Fault {
	key: string;
	value: string;
}

function invalid(faults: Fault[]): ApiError {
	return managementProblem(400, 'Bad Request', 'The product order is not valid', faults);
}

function faultsOf(issue: z.ZodIssue): Fault[] {
	const key = issue.path.join('.') || 'body';
	if (issue.code !== 'unrecognized_keys') return [{ key, value: issue.message }];
	return issue.keys.map((name) => ({
		key: [...issue.path, name].join('.'),
		value: 'Unknown field',
	}));
}

function onePerField(faults: Fault[]): Fault[] {
	return faults.filter(({ key }, index) => faults.findIndex((one) => one.key === key) === index);
}

/** What is documented as needed although the API can do without; see the option `incompleteOrders`. */
function gapsIn({ productType, website: given, salesUnitLogo }: OrderBody): Fault[] {
	const gaps: Fault[] = [];
	if (productType === 'PAYMENT_INTEGRATION' && !given) {
		gaps.push({ key: 'website', value: 'Is required for PAYMENT_INTEGRATION' });
	}
	if (typeof salesUnitLogo === 'string' && !isLogo(Buffer.from(salesUnitLogo, 'base64'))) {
		gaps.push({ key: 'salesUnitLogo', value: 'Must be a PNG of 100 to 1000 pixels' });
	}
	return gaps;
}

/** A PNG with both sides from 100 to 1000 pixels, as its first chunk says. */
function isLogo(image: Buffer): boolean {
	const start = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
	if (image.length < 24 || !image.subarray(0, 8).equals(start)) return false;
	const sides = [image.readUInt32BE(16), image.readUInt32BE(20)];
	return sides.every((pixels) => pixels >= 100 && pixels <= 1000);
}

function isBase64(text: string): boolean {
	return text.length > 0 && Buffer.from(text, 'base64').toString('base64') === text;
}

function isHttps(text: string): boolean {
	return /^https:\/\//i.test(text) && URL.canParse(text);
}

function isPricePackage(id: string): boolean {
	return pricePackages.some(({ pricePackageId }) => pricePackageId === id.toLowerCase());
}
