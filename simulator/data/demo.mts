import { closeDate } from '../world/settlement.mts';
import { capture, cashSale, refund, type Movement } from '../world/movements.mts';
import type { World } from '../world/world.mts';

type Step = [move: typeof capture, time: string, movement: Movement];

const coffee = { name: 'Coffee', quantity: 2, unitPriceGross: 4500, vatRate: 1500 };
const bun = { name: 'Cinnamon bun', quantity: 1, unitPriceGross: 5200, vatRate: 1500 };
const mug = { name: 'Mug', quantity: 1, unitPriceGross: 18900, vatRate: 2500 };
const bag = { name: 'Canvas bag', quantity: 2, unitPriceGross: 12500, vatRate: 2500 };

const days: Record<string, Step[]> = {
	'2026-05-04': [
		[capture, '07:42:10', { amount: 15000, pspReference: '35060010001', reference: '12500000001' }],
		[
			capture,
			'10:15:31',
			{ articles: [coffee, mug], pspReference: '35060010002', reference: '12500000002' },
		],
		[
			capture,
			'11:03:55',
			{
				articles: [bag],
				solution: 'MPOS',
				pspReference: '35060010003',
				reference: '12500000003',
			},
		],
		[cashSale, '12:20:04', { articles: [coffee], solution: 'MPOS', reference: '12500000004' }],
	],
	'2026-05-05': [
		[
			capture,
			'08:01:47',
			{
				articles: [{ ...mug, quantity: 3, discountTotal: 6700 }, bun],
				pspReference: '35060010005',
				reference: '12500000005',
			},
		],
		[
			capture,
			'09:30:12',
			{
				amount: 8900,
				pspReference: '35060010006',
				reference: '12500000006',
				personal: { name: 'Ada Example', message: 'Thanks!', maskedPhoneNo: 'xxxx 5678' },
			},
		],
		[
			capture,
			'13:45:00',
			{
				articles: [coffee, bun],
				solution: 'MPOS',
				pspReference: '35060010007',
				reference: '12500000007',
			},
		],
		[refund, '14:10:26', { amount: 5000, pspReference: '35060010008', reference: '12500000001' }],
	],
};

/** When the two days are over, everywhere. */
export const demoNotBefore = Date.UTC(2026, 4, 6, 6);

/** Ledger 302321: two settled days of a VM number with a card terminal, eight sales. */
export function addDemoLedger(world: World): void {
	const ledger = world.addLedger({
		ledgerId: '302321',
		market: 'NO',
		name: 'Demo Kiosk Oslo',
		solution: 'vmNumber',
		settlesForRecipientHandles: ['NO:58771'],
		openDate: Object.keys(days)[0]!,
	});
	for (const [date, steps] of Object.entries(days)) {
		for (const [move, time, movement] of steps) {
			move(world, ledger, { ...movement, at: Date.parse(`${date}T${time}Z`) });
		}
		closeDate(ledger, date, world.random);
	}
}
