import type { Advice, Asked } from './hints/advice';
import { adviceByStatus } from './hints/general';
import { ledgerAdvice } from './hints/ledgers';
import { managementAdvice } from './hints/management';
import { paymentAdvice } from './hints/payments';
import { webhookAdvice } from './hints/webhooks';
import type { Problem } from './problem';

export { isWrite, type Advice, type Asked } from './hints/advice';
export { cutShortAdvice, unknownOutcome, unreachableAdvice } from './hints/general';

function adviceByApi(problem: Problem, asked: Asked): Advice | undefined {
	if (asked.path.startsWith('/epayment/')) return paymentAdvice(problem, asked);
	if (asked.path.startsWith('/management/')) return managementAdvice(problem, asked);
	if (asked.path.startsWith('/webhooks/')) return webhookAdvice(problem, asked);
	return ledgerAdvice(problem, asked);
}

/** The advice for an unsuccessful answer: what the API means by it, else what its status means. */
export const adviceFor = (problem: Problem, asked: Asked): Advice =>
	adviceByApi(problem, asked) ?? adviceByStatus(problem, asked);
