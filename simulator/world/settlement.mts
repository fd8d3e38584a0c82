import { addDays, microTime } from './dates.mts';
import type { Topic } from './entry.mts';
import type { Ledger } from './ledger.mts';
import type { Random } from './random.mts';
import { record } from './record.mts';

const lateFeeDelayMs = 180_000;

/**
 * Settles a ledger date that is over: keeps or invoices the fees and schedules the payout.
 * The entries carry the closed date and the moment at which it ended.
 */
export function closeDate(ledger: Ledger, date: string, random: Random): void {
	if (ledger.funds.balance !== 0 || ledger.fees.balance !== 0) settleBalances(ledger, date, random);
	ledger.terms.openDate = addDays(date, 1);
	for (const fee of ledger.lateFees.splice(0)) {
		const time = microTime(ledger.endOf(date) + lateFeeDelayMs, fee.micros);
		record(ledger, 'fees', { ...fee, time, ledgerDate: ledger.terms.openDate });
	}
}

function settleBalances(ledger: Ledger, date: string, random: Random): void {
	if (isPeriodEnd(ledger.terms.frequency, date)) {
		if (ledger.terms.settlement === 'net') retainFees(ledger, date, random);
		if (ledger.funds.balance > ledger.terms.reserve) schedulePayout(ledger, date);
	}
	if (ledger.terms.settlement === 'gross' && isPeriodEnd('monthly', date))
		invoiceFees(ledger, date);
}

function isPeriodEnd(frequency: Ledger['terms']['frequency'], date: string): boolean {
	if (frequency === 'weekly') return new Date(date).getUTCDay() === 0;
	if (frequency === 'monthly') return addDays(date, 1).endsWith('-01');
	return frequency === 'daily';
}

function retainFees(ledger: Ledger, date: string, random: Random): void {
	const fees = ledger.fees.balance;
	if (fees === 0) return;
	// The same reference on both topics is what the current documentation says.
	const pspReference = `01${random.letters(9)}-${random.letters(15)}`;
	settle(ledger, 'fees', date, { entryType: 'fees-retained', pspReference, amount: -fees });
	settle(ledger, 'funds', date, { entryType: 'fees-retained', pspReference, amount: fees });
}

function invoiceFees(ledger: Ledger, date: string): void {
	const fees = ledger.fees.balance;
	if (fees === 0) return;
	// Assumption: nothing is documented about the reference of an invoice.
	const pspReference = `${ledger.id}-INV-${date.slice(0, 7)}`;
	settle(ledger, 'fees', date, { entryType: 'fees-invoiced', pspReference, amount: -fees });
}

function schedulePayout(ledger: Ledger, date: string): void {
	settle(ledger, 'funds', date, {
		entryType: 'payout-scheduled',
		pspReference: `${ledger.id}-${ledger.terms.payoutNumber++}`,
		amount: ledger.terms.reserve - ledger.funds.balance,
		reference: bankText(ledger, addDays(date, 1)),
	});
}

interface SettlementEntry {
	entryType: string;
	pspReference: string;
	amount: number;
	reference?: string;
}

function settle(ledger: Ledger, topic: Topic, ledgerDate: string, entry: SettlementEntry): void {
	const time = microTime(ledger.endOf(ledgerDate));
	record(ledger, topic, { reference: '', recipientHandle: null, time, ledgerDate, ...entry });
}

/** The bank transfer's text; Norway leaves it out. The last character is undocumented: a check digit here (assumption). */
function bankText(ledger: Ledger, date: string): string {
	if (ledger.terms.market === 'NO') return '';
	const recipient = (ledger.handle ?? ledger.id).replace(/\D/g, '').padStart(8, '0');
	const [year, month, day] = date.split('-') as [string, string, string];
	const text = `02${recipient}001${day}${month}${year.slice(2)}`;
	return text + checkDigit(text);
}

function checkDigit(digits: string): number {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return (10 - (sum % 10)) % 10;
}
