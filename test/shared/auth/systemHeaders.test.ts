import { name, version } from '../../../package.json';
import { PACKAGE_VERSION, SYSTEM_HEADERS } from '../../../nodes/shared/auth/systemHeaders';

describe('the headers by which Vipps MobilePay recognises this package', () => {
	it('are the four that it asks for', () => {
		expect(SYSTEM_HEADERS).toEqual({
			'Vipps-System-Name': 'n8n',
			'Vipps-System-Version': expect.stringMatching(/^\d/) as string,
			'Vipps-System-Plugin-Name': name,
			'Vipps-System-Plugin-Version': version,
		});
	});

	it('name the version that is published', () => {
		expect(PACKAGE_VERSION).toBe(version);
	});

	it.each(Object.entries(SYSTEM_HEADERS))('%s has 1 to 30 plain characters', (_, value) => {
		expect(value).toMatch(/^[\x21-\x7e]{1,30}$/);
	});
});
