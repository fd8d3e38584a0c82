import type { Ledger } from './ledger';

const FEW = 3;

const few = (texts: string[]): string =>
	texts.length > FEW
		? `${texts.slice(0, FEW).join(', ')} and ${texts.length - FEW} more`
		: texts.join(', ');

/** A ledger as people know it: "ACME Fitness Oslo · api:123455 · NOK · ledger 302321". */
export function ledgerName({ ledgerId, currency, settlesForRecipientHandles, salesUnits }: Ledger) {
	const names = (salesUnits ?? []).flatMap(({ name }) => name ?? []);
	const handles = settlesForRecipientHandles ?? [];
	return [few(names), few(handles), currency, `ledger ${ledgerId}`].filter(Boolean).join(' · ');
}
