import {
	simplifyMerchant,
	simplifyProductOrder,
	simplifySalesUnit,
} from '../../../nodes/shared/simplified/management';

const businessIdentifier = { scheme: 'business:DK:CVR', id: '12345674' };

const business = { scheme: 'business:DK:CVR', businessId: '12345674' };

describe('a sales unit', () => {
	it('is ten flat fields', () => {
		const configuration = {
			paymentAllowed: true,
			captureType: 'ReserveCapture',
			skipLandingPageAllowed: true,
			recurringAllowed: false,
			partialCaptureAllowed: true,
			lateCaptureAllowed: false,
			landingPagePhoneNumberLocked: false,
			longLivingPaymentAllowed: false,
			creditCardPaymentAllowed: true,
		};
		const unit = { msn: '654321', name: 'Havnens Cykler', businessIdentifier, configuration };
		expect(simplifySalesUnit(unit)).toEqual({
			msn: '654321',
			name: 'Havnens Cykler',
			...business,
			paymentAllowed: true,
			captureType: 'ReserveCapture',
			partialCaptureAllowed: true,
			lateCaptureAllowed: false,
			recurringAllowed: false,
			creditCardPaymentAllowed: true,
		});
	});

	it('says nothing about what it is not known to be allowed', () => {
		expect(simplifySalesUnit({ msn: '654321', configuration: { paymentAllowed: false } })).toEqual({
			msn: '654321',
			paymentAllowed: false,
		});
	});
});

describe('a merchant', () => {
	const flat = {
		name: 'Havnens Cykler ApS',
		status: 'ACTIVE',
		createdAt: '2022-09-02T06:45:25.000Z',
		updatedAt: '2023-09-02T06:45:25.000Z',
		countryCode: 'DK',
	};
	const merchant = { ...flat, businessIdentifier, businessPostAddress: null };

	it('is ten flat fields', () => {
		const businessAddress = {
			lines: ['Havnegade 12', '2. sal'],
			postCode: '8000',
			city: 'Aarhus C',
			countryCode: 'DK',
		};
		expect(simplifyMerchant({ ...merchant, businessAddress })).toEqual({
			...business,
			...flat,
			street: 'Havnegade 12, 2. sal',
			postCode: '8000',
			city: 'Aarhus C',
		});
	});

	it.each([
		['null', null, { postCode: null, city: null }],
		['absent', undefined, {}],
		['text', 'Havnegade 12', {}],
		['half known', { lines: null, city: 'Hanko' }, { city: 'Hanko' }],
	])('whose address is %s has no other', (_name, businessAddress, address) => {
		expect(simplifyMerchant({ ...merchant, businessAddress })).toEqual({
			...business,
			...flat,
			...address,
		});
	});
});

describe('a product order', () => {
	const order = {
		productOrderType: 'PREFILL',
		productOrderId: '81b83246-5c19-7b94-875b-ea6d1114f099',
		productType: 'CASHIER',
		status: 'COMPLETED',
		productOrderUrl: 'https://portal.example.com/prefilled',
	};

	it('is nine flat fields', () => {
		const salesUnit = { msn: '900001', name: 'Kasse' };
		expect(simplifyProductOrder({ ...order, businessIdentifier, salesUnit })).toEqual({
			...order,
			...business,
			msn: '900001',
			salesUnitName: 'Kasse',
		});
	});

	it('has no sales unit before it is completed', () => {
		expect(simplifyProductOrder({ ...order, businessIdentifier, salesUnit: null })).toEqual({
			...order,
			...business,
			msn: null,
			salesUnitName: null,
		});
	});
});
