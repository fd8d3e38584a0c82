import type { Advice } from './hints/advice';

/** Somebody has to change a value, a payment or the set-up of the sales unit first. */
const change = (message: string, hint: string): Advice => ({
	message,
	hint,
	cause: 'configuration-invalid',
});

/** The same request may succeed later. */
const wait = (message: string, hint: string): Advice => ({
	message,
	hint,
	cause: 'temporarily-unavailable',
});

const TEST_ONLY =
	'This comes in the test environment only. The test user needs a valid card in the test app and must have approved a payment there by hand once.';

/**
 * What each documented error code of the ePayment API means and what to do about it. Where the
 * documentation gives a code no more than a title, the hint promises no more than the title does.
 *
 * @see https://developer.vippsmobilepay.com/docs/APIs/epayment-api/api-guide/errors/
 */
export const PAYMENT_HINTS: ReadonlyMap<string, Advice> = new Map(
	Object.entries({
		3010: wait(
			'Vipps MobilePay could not work on this payment just now',
			"Check the values that were sent and read the payment with 'Get' to see what it has come to. If the values are right, try again in a few minutes.",
		),

		4010: change(
			'This idempotency key was used before for another capture',
			"Nothing was captured twice. A repetition must have the same 'Amount'; a further capture needs an idempotency key of its own.",
		),
		4020: change(
			'This idempotency key was used before for another request',
			"Nothing was done twice. Use a new idempotency key for a new request; a new payment needs a new 'Reference', too.",
		),
		4040: change(
			'Vipps MobilePay did not accept the amount',
			"Check 'Amount' and the unit that it is in: minor units (øre, cent) are whole numbers without decimals.",
		),
		4050: change(
			'The customer token is not valid',
			"Scan the customer's personal QR code again for a new token, or use 'Customer Phone Number' instead.",
		),
		4060: change(
			"The customer's personal QR code is not valid",
			"Scan the code in the customer's app again and send it unchanged, or use 'Customer Phone Number' instead.",
		),
		4070: change(
			'Vipps MobilePay did not accept the phone number',
			"Enter 'Customer Phone Number' with its country code and in digits only, for example 4712345678: no plus sign, no leading zeros, no spaces.",
		),
		4080: change(
			'The profile scope holds a value that does not exist',
			"Check the spelling in 'Profile Scope': it may hold name, address, email, phoneNumber, birthDate and nin.",
		),
		4090: change(
			'Vipps MobilePay did not accept a web address',
			"Check 'Return URL' and every other address that was sent: each must be complete and begin with https://.",
		),
		4100: change('The payment has too much metadata', "Send at most 5 pairs in 'Metadata'."),
		4110: change(
			'Two pairs of metadata have the same key',
			"Give every pair in 'Metadata' a key of its own.",
		),
		4120: change(
			'A key in the metadata is too long',
			"Shorten the keys in 'Metadata' to at most 100 characters each.",
		),
		4130: change(
			'A value in the metadata is too long',
			"Shorten the values in 'Metadata' to at most 500 characters each.",
		),
		4140: change(
			'A value is missing that this payment needs',
			"Fill in what the API names. 'User Flow' decides on it: a web redirect needs 'Return URL', a push message needs the customer.",
		),
		4150: change(
			'This reference or idempotency key was used before for another request',
			"Nothing was done twice. A new payment needs a new 'Reference'; a repeated refund must have the same 'Amount', a further one needs an idempotency key of its own.",
		),
		4160: change(
			'This payment method cannot be used for this payment',
			'Choose another payment method: card passthrough is for payment service providers only.',
		),

		5010: change(
			'This sales unit cannot block payment sources',
			"Leave 'Blocked Sources' empty: it is for sales units in Denmark and Finland only.",
		),
		5020: change(
			'Express is not switched on for this sales unit',
			'Send the payment without shipping options, or ask Vipps MobilePay to switch Express on for the sales unit.',
		),
		5030: change(
			'This sales unit may not ask for all of this personal data',
			"Take nin (the national identity number) out of 'Profile Scope', or ask Vipps MobilePay for the permission.",
		),
		5040: change(
			'The currency is not the one of this sales unit',
			"Set 'Currency' to NOK for a sales unit in Norway, DKK in Denmark and EUR in Finland. For a capture or a refund, 'Check Before Sending' finds a wrong currency in advance.",
		),
		5050: change(
			'This sales unit may not set an expiry time',
			"Leave 'Expires At' empty, or ask Vipps MobilePay to approve long-living payments for the sales unit.",
		),
		5060: change(
			'The bank account of the merchant is not verified',
			'The merchant has to verify the account before it can receive payments.',
		),
		5070: change(
			'Vipps MobilePay cannot create this payment',
			'Something that the payment needs is missing, or the sales unit is not set up for it. If the words of the API do not say what, ask Vipps MobilePay and name the trace ID.',
		),
		5080: change(
			'This sales unit may not send push messages',
			"Choose another 'User Flow', or ask Vipps MobilePay to approve the sales unit for push messages.",
		),
		5090: change(
			'No payment has this reference in this sales unit',
			"Check 'Reference', capitals included, and the merchant serial number: a payment belongs to the sales unit that it was created for.",
		),
		5100: change(
			'The sales unit is not set up to refund this payment',
			'Ask Vipps MobilePay to look at the set-up of the sales unit, and name the trace ID.',
		),

		6010: change(
			'The amount is too small',
			"Enter an 'Amount' of at least 1.00 NOK, 0.01 DKK or 0.01 EUR, and check the unit that it is in.",
		),
		6020: change(
			'There is nothing to refund: the payment was never reserved',
			"Read the payment with 'Get'. A refund is possible only after the customer has approved the payment and it has been captured.",
		),
		6030: change(
			'The time for cancelling this payment is over',
			'A payment can be cancelled within 180 days, and not after its deadline for a capture. A reservation that was not captured in time is released by itself.',
		),
		6040: change(
			'The payment is captured, so it can no longer be cancelled',
			"Use 'Refund' to give the money back.",
		),
		6050: change(
			'There is nothing to cancel: the payment is not reserved',
			"Read the payment with 'Get' to see its state: it may have ended without the customer's approval.",
		),
		6060: change(
			'The customer has approved the payment by now, so it was not cancelled',
			"Go on with 'Capture', or switch off 'Cancel Transaction Only' and run 'Cancel' again.",
		),
		6070: change(
			'The payment is cancelled, so it cannot be captured',
			"The money has been released to the customer. If it is still owed, create a new payment with a new 'Reference'.",
		),
		6080: change(
			'The customer has not approved the payment yet',
			"Run 'Capture' when the state of the payment is AUTHORIZED.",
		),
		6090: change(
			'The capture is higher than the amount that is still reserved',
			"Lower 'Amount', or capture the full rest. 'Check Before Sending' finds this before anything is sent.",
		),
		6100: change(
			'The time for capturing this payment is over',
			'The reservation is gone, and the money can no longer be collected with this payment. The deadline is 180 days in Norway, and 14 days in Denmark and Finland without an approval for late capture.',
		),
		6110: change(
			'The expiry time is too late',
			"Set 'Expires At' to a time at most 60 days from now.",
		),
		6120: change(
			'The expiry time is too soon',
			"Set 'Expires At' to a time at least 10 minutes from now.",
		),
		6130: change(
			'A payment with an expiry time needs a receipt',
			"Fill in 'Receipt', or leave 'Expires At' empty.",
		),
		6140: change(
			'This payment can only be captured in full',
			"Run 'Capture' for the full amount: a part of it is not allowed for this payment.",
		),
		6150: change(
			'The refund is higher than the amount that can still be refunded',
			"Lower 'Amount' to what was captured and is not refunded yet. 'Check Before Sending' finds this before anything is sent.",
		),
		6160: wait(
			'Vipps MobilePay is busy with another request for this payment',
			"Wait a minute and read the payment with 'Get' before you run this again: only with the same idempotency key, as 'Retry On Fail' sends it, nothing is done twice.",
		),
		6170: change(
			'The payment is already captured',
			"Nothing was captured twice. Read the payment with 'Get' to see the captured amount.",
		),
		6180: change(
			'The payment is already refunded',
			"Nothing was refunded twice. Read the payment with 'Get' to see the refunded amount.",
		),
		6190: change(
			'The state of the payment does not allow it to be cancelled',
			"Read the payment with 'Get' to see its state. Captured money goes back with 'Refund'.",
		),
		6200: change(
			'The state of the payment does not allow it to be captured',
			"Read the payment with 'Get' to see its state: 'Capture' needs the state AUTHORIZED and an amount that is not cancelled.",
		),
		6210: change(
			'The state of the payment does not allow it to be refunded',
			"Read the payment with 'Get' to see its state: only captured money can be refunded, a reservation is released with 'Cancel'.",
		),
		6220: change(
			'The time for refunding this payment is over',
			'A payment can be refunded within 365 days. Give the money back to the customer in another way.',
		),
		6230: change(
			'The customer has already approved the payment with this reference',
			"Read the payment with 'Get' and go on with 'Capture' or 'Cancel'. A new payment needs a new 'Reference'.",
		),
		6250: wait(
			'The payment is being processed and cannot be cancelled at this moment',
			"Wait a minute, then run 'Cancel' again.",
		),
		6260: wait(
			'The reserved money is not available any more',
			"The bank or the card network has released the reservation early, so do not hand over the goods. Try 'Capture' again later, or ask the customer to pay anew.",
		),
		6280: wait(
			'The capture failed at Vipps MobilePay',
			"Do not hand over the goods yet. Wait a minute and read the payment with 'Get'; if it is not captured, run 'Capture' again with the same idempotency key.",
		),

		7010: change(
			'Vipps MobilePay found no customer who can make this payment',
			"Check 'Customer Phone Number' and the minimum age. The number may be right all the same: not every user can pay this business.",
		),

		10010: change('The test payment could not be approved', TEST_ONLY),
		10020: change('This test payment may not be approved without the app', TEST_ONLY),
		10030: change('The test user has to be identified first', TEST_ONLY),
		10040: change('The payment source of the test user is not valid', TEST_ONLY),
		10050: change('The test user has no card', TEST_ONLY),
		10060: change('The test environment does not support this operation', TEST_ONLY),
		10070: change('The payment limit in the test environment is exceeded', TEST_ONLY),
	}),
);
