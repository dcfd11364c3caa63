/**
 * The kernels with the Vector API: each lane of a vector encodes a block of its own, in ggml's
 * order of operations, so that its bytes are ggml's. No fused multiply-add, no sums across lanes.
 *
 * <h2>What bounds the encoders that search</h2>
 *
 * <p>Figures are for a Zen 4 core, which begins two vector operations of 512 bits a cycle: about
 * one addition, one multiplication, one load, and a store every other cycle.
 *
 * <ul>
 *   <li>Q2_K, Q4_K, Q5_K: arithmetic. A step takes 9 additions, 7 multiplications and 2 integer
 *       operations an element, so 9 cycles for 16 lanes, and some 10 are seen. One of the integer
 *       operations, the clamp from above, is left out of steps that cannot need it (16 of Q4_K's
 *       22): 2 to 4 % of the time. Q4_K takes 22 steps (12.4 cycles a weight at best), Q5_K and
 *       Q2_K 17, all with importance 38. The search is two thirds to three quarters of the time; a
 *       tenth goes to the fit between steps, in which every operation waits for the one before it,
 *       and a twentieth to the transposition. Steps cannot be left out: in all but the last few of
 *       them one lane of sixteen still gains.
 *   <li>Q6_K, Q3_K with importance: arithmetic. 19 candidates take 4 additions, 4 multiplications
 *       and 2 integer operations an element each: 5.9 cycles a weight, half of the time. The
 *       transposition is a tenth.
 *   <li>Q3_K without importance: latency. Each of up to five rounds of sixteen moves needs the sums
 *       of the move before, through a division: some 45 cycles for the lanes of two groups.
 * </ul>
 *
 * <p>A Golden Cove core (Sapphire Rapids) begins two such operations a cycle of any kind, but only
 * one minimum or maximum of integers: 9 cycles a step as well, of which a step of Q4_K takes 10;
 * its fit takes another 1.1, for three divisions that the core does one after the other.
 *
 * <p>A Zen 5 core (Turin) begins two additions and two multiplications of 512 bits a cycle, by
 * which a step would take 5 cycles. About 1.7 ns an element of 16 lanes were seen; what makes up
 * the difference has not been measured.
 *
 * <p>Two ways around the second half of a step, in which errors are added up, were built and
 * measured. With fused operations and a bound on what they change, errors added up as ggml does it
 * are needed in one step of a hundred: 16 operations for 18, a twentieth of the time less, before
 * the bound is paid for. Errors that follow from sums of what rounding has changed need one loop
 * for two, with 15 operations; but deciding by them takes 100 cycles a step where 64 were, and all
 * was a tenth slower. An addition moved to where products are made (fused with a factor of 1), and
 * the fit of one group joined with the decision on another, changed nothing; nor did loops without
 * checks of bounds. Rounding one element while the one before is summed up was slower by an eighth.
 *
 * <h2>What bounds the others</h2>
 *
 * <ul>
 *   <li>IQ4_NL, IQ4_XS: arithmetic, as Q6_K, with a table lookup in place of the rounding.
 *   <li>F32, F16, BF16, Q8_0, Q4_0, TQ2_0, Q2_0, and decoding of all types: memory, at 10 to 40 GB
 *       a second of floats. ggml does no better where its compiler vectorized (F32, decoding of
 *       BF16).
 *   <li>Q4_1, Q5_0, Q5_1, TQ1_0, MXFP4, NVFP4: packing, a dozen operations on bytes a block.
 *   <li>Q1_0: a sum that has to be added up in order; a vector has nothing to do in it.
 * </ul>
 *
 * <p>Alignment matters more than width: see {@link dev.sparkquant.kernels.vector.Alignment}.
 *
 * <h2>What compiling them takes</h2>
 *
 * <p>Until they are compiled encoders run at a hundredth of their speed, or less: every operation
 * allocates. Most of a short run's loss was there, so the launcher has their stages compiled at
 * once, each by itself, while whoever calls them waits, and so do the operations that they share:
 * compiled by themselves, those spare the slow calls until their callers are. The compiler works
 * 0.75 seconds for Q4_K and Q6_K and is done about when the first slices come; with thresholds
 * three times as high it worked 1.05 seconds, and the first slices waited for another quarter. With
 * thresholds lower still some stages stay slow for good.
 *
 * <p>That takes code whose vectors have a known class without a profile: see {@link
 * dev.sparkquant.kernels.vector.Lanes#typed(jdk.incubator.vector.FloatVector)}. Compiled early
 * without it, a method keeps its vectors boxed for good; with the usual thresholds it did now and
 * then, and a run took 26 seconds in place of 10. But such casts add to what the compiler looks at,
 * and past a limit (18,000 nodes) it ends inlining, silently: {@code Q3_KSearch.improve} goes
 * without them, three candidates of Q6_K at a time had to become two, and {@code IQ4Search} keeps
 * its boxes when compiled early. These two wait for their profiles, one to two seconds. So do the
 * types that are bound by memory: compiled early, Q4_0 ran at half of its speed.
 *
 * <p>Code without casts also needs all vectors to be of one width: with a transposition in vectors
 * of 128 bits, which by itself was faster, Q3_K ran at a third of its speed.
 *
 * <h2>Dependencies</h2>
 *
 * <p>Depends on the scalar kernels for the blocks and types it leaves to them, on the block formats
 * and on the module {@code jdk.incubator.vector}, of which only what JDK 17 and later releases
 * share is used. Nothing but {@link dev.sparkquant.kernels.Kernels} may refer to this package, and
 * that by name.
 */
package dev.sparkquant.kernels.vector;
