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
 *       operations an element, so 9 cycles for 16 lanes, and 10.5 are seen. Q4_K takes 22 steps
 *       (12.4 cycles a weight at best), Q5_K and Q2_K 17, all with importance 38. The search is two
 *       thirds to three quarters of the time; a tenth goes to the fit between steps, in which every
 *       operation waits for the one before it, and a tenth to the transposition, whose stores go to
 *       another line each. Steps cannot be left out: in all but the last few of them one lane of
 *       sixteen still gains.
 *   <li>Q6_K, Q3_K with importance: arithmetic. 19 candidates take 4 additions, 4 multiplications
 *       and 2 integer operations an element each: 5.9 cycles a weight, half of the time. The
 *       transposition is an eighth.
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
 * was a tenth slower.
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
 * <p>Until they are compiled, which takes one to two seconds of a core, encoders run at a hundredth
 * of their speed. Most of a short run's loss is there: the compiler has each stage to do, its
 * lambda, and the operations of the Vector API by themselves, one after the other.
 *
 * <p>A method that is compiled before the operations it calls have been profiled keeps its vectors
 * boxed, for good: where a vector is carried around a loop, or reinterpreted, its class follows
 * from the profile of its receiver alone. Encoders stayed at a hundredth of their speed with a
 * tenth of the default thresholds for themselves, and whole runs took 70 to 90 seconds with higher
 * ones for the Vector API. Thresholds higher by 3 to 100 times for all code but these two made no
 * difference beyond the noise, nor did forbidding or forcing the inlining of what stages call.
 *
 * <p>Casting such vectors to the class of the species (with {@code Class.cast}, which compilers
 * take out) makes the class known without a profile, and Q6_K, two candidates at a time, a tenth
 * faster besides. But it adds so many nodes to the larger stages (those of Q3_K, three candidates
 * at a time) that the compiler's limit is reached and inlining ends, silently, within the loop.
 *
 * <h2>Dependencies</h2>
 *
 * <p>Depends on the scalar kernels for the blocks and types it leaves to them, on the block formats
 * and on the module {@code jdk.incubator.vector}, of which only what JDK 17 and later releases
 * share is used. Nothing but {@link dev.sparkquant.kernels.Kernels} may refer to this package, and
 * that by name.
 */
package dev.sparkquant.kernels.vector;
