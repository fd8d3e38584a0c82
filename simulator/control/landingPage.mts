import type { Money } from '../world/payment/order.mts';
import type { Payment } from '../world/payment/payment.mts';

/**
 * The page that stands for the app and its landing page: who asks for how much, and two buttons.
 * @param action the path that the forms go to, with the fields `token` and `decision` (`approve`, `cancel`)
 */
export function landingPage({ unit, order, amount, token }: Payment, action: string): string {
	const lines = order.receipt?.orderLines ?? [];
	const button = (decision: string, label: string): string =>
		`<form method="post" action="${escape(action)}">
<input type="hidden" name="token" value="${escape(token)}">
<button id="${decision}" name="decision" value="${decision}">${label}</button>
</form>`;
	return shell(`Pay ${unit.name}`, [
		`<h1 id="merchant">${escape(unit.name)}</h1>`,
		`<p id="amount">${escape(written(amount))}</p>`,
		order.paymentDescription ? `<p id="description">${escape(order.paymentDescription)}</p>` : '',
		lines.length > 0
			? `<table id="order-lines"><caption>Order lines</caption>
<thead><tr><th scope="col">Product</th><th scope="col">Quantity</th><th scope="col">Amount</th></tr></thead>
<tbody>${lines.map((line) => row(line, amount.currency)).join('')}</tbody></table>`
			: '',
		button('approve', 'Approve the payment'),
		button('cancel', 'Cancel the payment'),
	]);
}

/** A page that says what happened, with a way back where there is one. */
export function messagePage(message: string, state: string, returnUrl?: string): string {
	return shell('Payment', [
		`<h1 id="result" data-state="${escape(state)}">${escape(message)}</h1>`,
		returnUrl === undefined
			? ''
			: `<p><a id="return" href="${escape(returnUrl)}">Back to the merchant</a></p>`,
	]);
}

type OrderLine = NonNullable<Payment['order']['receipt']>['orderLines'][number];

function row({ name, totalAmount, unitInfo }: OrderLine, currency: string): string {
	const quantity = `${unitInfo?.quantity ?? '1'} ${unitInfo?.quantityUnit ?? 'PCS'}`;
	const cells = [name, quantity, written({ currency, value: totalAmount })];
	return `<tr>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
}

function shell(title: string, parts: string[]): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} - simulator</title>
<style>
body { font: 1.1rem/1.5 sans-serif; max-width: 28rem; margin: 3rem auto; padding: 0 1rem; }
#amount { font-size: 2rem; margin: 0; }
table { width: 100%; border-collapse: collapse; }
caption, th, td { text-align: left; padding: 0.2rem 0; }
td:last-child, th:last-child { text-align: right; }
form { display: inline-block; margin: 1rem 1rem 0 0; }
button { font: inherit; padding: 0.5rem 1rem; }
</style>
</head>
<body>
<main>
<p>This is a simulator. No money moves.</p>
${parts.filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}

/** `1234.50 NOK`. All currencies here have two decimals. */
function written({ value, currency }: Money): string {
	return `${(value / 100).toFixed(2)} ${currency}`;
}

const entities: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
