import { keys } from '../keys.mts';
import type { Identifier, Ledger } from './ledger.mts';
import { markets, type MarketName } from './markets.mts';

/** What a sales unit may do, in the field names of the Management API. */
export interface SalesUnitConfiguration {
	paymentAllowed: boolean;
	captureType: 'ReserveCapture' | 'DirectCapture' | 'NotApplicable';
	skipLandingPageAllowed: boolean;
	recurringAllowed: boolean;
	partialCaptureAllowed: boolean;
	lateCaptureAllowed: boolean;
	landingPagePhoneNumberLocked: boolean;
	/** Payments with `expiresAt`. */
	longLivingPaymentAllowed: boolean;
	creditCardPaymentAllowed: boolean;
}

/** A sales unit that payments are made to through an API. */
export interface SalesUnit {
	/** Merchant serial number, 4 to 10 digits. */
	msn: string;
	name: string;
	market: MarketName;
	businessIdentifier: Identifier;
	settlementBankAccount: Identifier;
	active: boolean;
	/** Whether the partner keys reach it. */
	connectedToPartner: boolean;
	configuration: SalesUnitConfiguration;
	/** What the Management API says nothing about although it is so: a property that is absent is not false. */
	untold: readonly (keyof SalesUnitConfiguration)[];
	/** When it was made, in milliseconds. */
	createdAt: number;
}

/** Everything but the serial number has a plausible value of the market. */
export type SalesUnitInput = Pick<SalesUnit, 'msn'> &
	Partial<Omit<SalesUnit, 'msn' | 'configuration'>> & {
		configuration?: Partial<SalesUnitConfiguration>;
	};

const defaultConfiguration: SalesUnitConfiguration = {
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

/** The business that owns a ledger when nothing else is said, too. */
const fjordBusiness = { scheme: 'business:NO:ORG', id: '987654321' };

const everywhere: SalesUnitInput[] = [
	{
		msn: keys.merchant.merchantSerialNumber,
		name: 'Fjord Sport Oslo',
		businessIdentifier: fjordBusiness,
		configuration: { longLivingPaymentAllowed: true, recurringAllowed: true },
	},
	{
		msn: '234567',
		name: 'Fjord Sport Bergen',
		businessIdentifier: fjordBusiness,
		// So that there is one that has not been approved for these.
		configuration: {
			partialCaptureAllowed: false,
			skipLandingPageAllowed: false,
			creditCardPaymentAllowed: false,
		},
	},
	{
		msn: '654321',
		name: 'Havnens Cykler',
		market: 'DK',
		businessIdentifier: { scheme: 'business:DK:CVR', id: '12345674' },
	},
	{
		msn: '765432',
		name: 'Saaren Kahvila',
		market: 'FI',
		businessIdentifier: { scheme: 'business:FI:Y-tunnus', id: '1234567-1' },
		untold: ['skipLandingPageAllowed', 'landingPagePhoneNumberLocked', 'longLivingPaymentAllowed'],
	},
	{ msn: '222222', name: 'Closed Kiosk', active: false },
	{ msn: '333333', name: 'Shop of Another Partner', connectedToPartner: false },
];

/** The sales units of a world, by serial number. Every world starts with the same six. */
export class SalesUnits extends Map<string, SalesUnit> {
	constructor() {
		super();
		for (const input of everywhere) this.add(input);
	}

	/** @throws Error when the serial number is taken */
	add(input: SalesUnitInput): SalesUnit {
		const { msn, market = 'NO', configuration, ...rest } = input;
		if (this.has(msn)) throw new Error(`Sales unit ${msn} exists already`);
		const { bankScheme, ownerScheme } = markets[market];
		const unit: SalesUnit = {
			name: `Sales unit ${msn}`,
			businessIdentifier: { scheme: ownerScheme, id: `9${msn.padStart(8, '0').slice(-8)}` },
			settlementBankAccount: { scheme: bankScheme, id: '86011117947' },
			active: true,
			connectedToPartner: true,
			untold: [],
			createdAt: Date.UTC(2022, 8, 2, 6, 45, 25),
			...rest,
			msn,
			market,
			configuration: { ...defaultConfiguration, ...configuration },
		};
		this.set(msn, unit);
		return unit;
	}

	/** Adds the units that a ledger settles for and that are not known yet. */
	addOf({ facts, terms }: Ledger): void {
		for (const handle of facts.settlesForRecipientHandles) {
			const msn = /^api:(\d{4,10})$/.exec(handle)?.[1];
			if (msn === undefined || this.has(msn)) continue;
			const listed = facts.salesUnits?.find(({ recipientHandle }) => recipientHandle === handle);
			this.add({
				msn,
				market: terms.market,
				name: listed?.name ?? `Sales unit ${msn}`,
				businessIdentifier: listed?.businessIdentifier ?? facts.owner,
				settlementBankAccount: facts.payoutBankAccount,
			});
		}
	}
}
