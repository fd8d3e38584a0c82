/** The published version of this package; a test holds it equal to package.json. */
export const PACKAGE_VERSION = '0.1.0';

const LONGEST_VALUE = 30;

const clip = (value: string): string => value.slice(0, LONGEST_VALUE);

/**
 * The headers by which Vipps MobilePay recognises an integration. They go on every request,
 * token requests included, and are at most 30 characters long each.
 *
 * n8n does not tell a node its own version, so `Vipps-System-Version` names the major
 * version that this package is made for.
 *
 * @see https://developer.vippsmobilepay.com/docs/knowledge-base/http-headers
 */
export const SYSTEM_HEADERS: Readonly<Record<string, string>> = {
	'Vipps-System-Name': 'n8n',
	'Vipps-System-Version': '2',
	'Vipps-System-Plugin-Name': clip('n8n-nodes-vippsmobilepay'),
	'Vipps-System-Plugin-Version': clip(PACKAGE_VERSION),
};
