import type { RawEntry } from '../world/entry.mts';
import type { World } from '../world/world.mts';

const entryOf = (pspReference: string, time: string, more: RawEntry): RawEntry => ({
	pspReference,
	time,
	ledgerDate: time.slice(0, 10),
	entryType: 'capture',
	reference: 'acme-shop-123-order123abc',
	currency: 'NOK',
	amount: 49900,
	recipientHandle: 'NO:123455',
	...more,
});

/** What clients must cope with: shapes that are documented or seen, but that the generated worlds lack. */
export function addDocumented(world: World): void {
	addTwoHandles(world);
	addVmNumber(world);
	addDanish(world);
}

/** A ledger from before 2025, when one could settle for several sales units. */
function addTwoHandles(world: World): void {
	const owner = { scheme: 'business:NO:ORG', id: '987654321' };
	const { funds, fees } = world.addLedger({
		ledgerId: '302321',
		owner,
		openDate: '2026-06-02',
		frequency: 'never',
		settlesForRecipientHandles: ['api:123455', 'api:123456'],
		salesUnits: [
			{ name: 'ACME Fitness Oslo', recipientHandle: 'api:123455', businessIdentifier: owner },
			{ name: 'ACME Fitness Bergen', recipientHandle: 'api:123456' },
		],
	});
	funds.append(entryOf('3343121302', '2020-10-05T00:00:00.000000Z', {}), '2020-10-05');
	const undated = entryOf('22342342342', '2023-09-27T14:11:12.640000Z', {
		reference: 'order-123',
		amount: 10000,
	});
	delete undated['ledgerDate'];
	funds.append(undated, '2023-09-27');
	funds.append(
		entryOf('302321-2000023', '2023-09-28T00:00:00.000000+0200', {
			ledgerDate: '2023-09-27',
			// The name that payouts had in 2023.
			entryType: 'scheduled-for-payout',
			reference: 'Vipps utbet. 2000023 Vippsnr 123455',
			amount: -59900,
			recipientHandle: null,
		}),
		'2023-09-27',
	);
	funds.append(
		entryOf('35054310399', '2026-06-01T09:00:00.000001Z', {
			entryType: 'loyalty-adjustment',
			reference: '',
			amount: -150,
			recipientHandle: null,
			campaign: 'summer',
			details: { points: 15, tags: ['a', 'b'] },
		}),
		'2026-06-01',
	);
	fees.append(
		entryOf('35054310400', '2026-06-01T09:00:01.000000Z', {
			entryType: 'service-fee',
			reference: '',
			amount: -9900,
			recipientHandle: null,
		}),
		'2026-06-01',
	);
}

/** A VM number: personal data on request, and the documented sale. */
function addVmNumber(world: World): void {
	const { funds, sales } = world.addLedger({
		ledgerId: '654321',
		openDate: '2026-06-02',
		frequency: 'never',
		settlesForRecipientHandles: ['NO:654321'],
	});
	funds.append(
		entryOf('35054310398', '2026-01-19T12:45:00.123456Z', {
			reference: '12494299492',
			amount: 25000,
			recipientHandle: 'NO:654321',
			name: 'Ada Example',
			message: 'For the bicycle',
			maskedPhoneNo: 'xxxx 5678',
		}),
		'2026-01-19',
	);
	sales.append(
		{
			entryType: 'capture',
			time: '2026-01-19T12:45:00Z',
			pspReference: '35054310398',
			reference: '12494299492',
			currency: 'NOK',
			paymentType: 'CARD',
			classification: { solution: 'MPOS', salesCategory: null },
			amounts: { gross: 25000, net: 20000, vat: 5000 },
			lines: [
				{
					lineId: '121772',
					name: 'Product A',
					quantity: 2,
					unitPriceGross: 12500,
					unitPriceNet: 10000,
					discountTotal: 0,
					lineTotalGross: 25000,
					lineTotalNet: 20000,
					vatRate: 2500,
					vatAmount: 5000,
					category: 'GOODS',
				},
			],
			customer: null,
			completeness: { hasLineItems: true, hasVatBreakdown: true, hasCustomerIdentity: false },
		},
		'2026-01-19',
	);
}

/** A Danish ledger as it looked before ledgers listed their sales units. */
function addDanish(world: World): void {
	const ledger = world.addLedger({
		ledgerId: '123456',
		market: 'DK',
		payoutBankAccount: { scheme: 'BBAN:DK', id: '123412341234123412' },
		owner: { scheme: 'business:DK:CVR', id: '16427888' },
		settlesForRecipientHandles: ['DK:90601'],
		openDate: '2026-06-02',
		frequency: 'never',
	});
	delete ledger.facts.salesUnits;
}
