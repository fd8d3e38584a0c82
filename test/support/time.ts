const realNow = Date.now.bind(Date);
let passed = 0;

/** Sets this process's clock on, for code that gives up after a while; undone after each test. */
export function timeGoesBy(ms: number): void {
	passed += ms;
	jest.spyOn(Date, 'now').mockImplementation(() => realNow() + passed);
}

afterEach(() => {
	passed = 0;
	jest.restoreAllMocks();
});
