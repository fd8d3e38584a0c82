import type { IExecuteFunctions } from 'n8n-workflow';
import type { ApiObject } from '../../../../shared/api/page';
import type { Amount } from '../../../../shared/payment/payment';
import { refusal, show } from '../../../parameters';
import { readAmount, readAmountUnit, readCurrency, readReference } from '../parameters';
import { readAdditionalFields } from './additionalFields';
import { readCustomer } from './customer';
import { readFlow } from './userFlow';

/** The smallest payment by currency, in minor units. */
const SMALLEST: Readonly<Record<string, number>> = { NOK: 100, DKK: 1, EUR: 1 };

function readDescription(context: IExecuteFunctions, itemIndex: number) {
	const given = context.getNodeParameter('paymentDescription', itemIndex, '') as unknown;
	const paymentDescription = String(given ?? '').trim();
	if (paymentDescription === '') return {};
	const { length } = [...paymentDescription];
	const isText = typeof given !== 'object';
	if (isText && length >= 3 && length <= 100) return { paymentDescription };
	throw refusal(
		context,
		itemIndex,
		`The 'Payment Description' ${isText ? `has ${length} characters` : `is no text: ${show(given)}`}`,
		'It must have 3 to 100, or be empty.',
	);
}

/**
 * The body of a new payment, with documented fields only and no empty ones.
 *
 * @param now the API's time, in milliseconds since 1970
 * @throws NodeOperationError for what the API is known to refuse, before anything is sent
 */
export function paymentBody(
	context: IExecuteFunctions,
	itemIndex: number,
	now: number,
): ApiObject & { reference: string; amount: Amount } {
	const reference = readReference(context, itemIndex);
	const currency = readCurrency(context, itemIndex);
	const amount = readAmount(context, itemIndex, SMALLEST[currency]);
	const flow = readFlow(context, itemIndex);
	return {
		reference,
		amount,
		...flow,
		...readCustomer(context, itemIndex, flow.userFlow),
		...readDescription(context, itemIndex),
		...readAdditionalFields(context, itemIndex, {
			currency,
			unit: readAmountUnit(context, itemIndex),
			userFlow: flow.userFlow,
			now,
		}),
	};
}
