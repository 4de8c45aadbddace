package sqlite

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/account-settings/pinghome/storage"
)

// TestPowerLoss opens what a disk may hold after the power failed (outage_test.go):
// every acknowledged change is there, nothing but whole batches, and it can be changed.
func TestPowerLoss(t *testing.T) {
	if loss := losePower(t, 1, 60); loss != nil {
		t.Fatal(loss)
	}
}

// BenchmarkPowerLoss is TestPowerLoss with b.N images, of which 200 take a second:
// go test -run '^$' -bench PowerLoss -benchtime 3000x ./storage/sqlite
func BenchmarkPowerLoss(b *testing.B) {
	losses := 0
	loss := losePower(b, 1000, b.N)
	if loss != nil {
		losses++
	}
	b.ReportMetric(float64(b.N), "images")
	b.ReportMetric(float64(losses), "losses")
	if loss != nil {
		b.Fatal(loss)
	}
}

// imagesEach is how many images are made for a seed: about one for each moment.
const imagesEach = 120

// losePower tries a number of images, and returns the first loss.
func losePower(tb testing.TB, seed uint64, images int) error {
	for ; images > 0; images, seed = images-imagesEach, seed+1 {
		if err := losePowerOf(tb, seed, min(images, imagesEach)); err != nil {
			return err
		}
	}
	return nil
}

// losePowerOf is losePower for one seed, which it prints on a failure.
func losePowerOf(tb testing.TB, seed uint64, images int) error {
	defer func() {
		if tb.Failed() {
			tb.Logf("the seed is %d", seed)
		}
	}()
	r := rand.New(rand.NewPCG(seed, 0))
	moments := recordOutage(tb, r, newFile(tb))
	// Then the power comes back, and fails again.
	again, path := tb.TempDir()+"/again.db", tb.TempDir()+"/image.db"
	must(tb, writeImage(r, again, moments[r.IntN(len(moments))]))
	moments = append(moments, recordOutage(tb, r, again)...)
	for i := range images {
		m := moments[r.IntN(len(moments))]
		must(tb, writeImage(r, path, m))
		if err := openImage(path, m); err != nil {
			return fmt.Errorf("seed %d, image %d, power lost while %s: %w", seed, i, m.doing, err)
		}
	}
	return nil
}

// afterPowerLoss is a file as the disk may hold it: what was synced, and a part of
// what was written after that. Garbage may be where the file has grown.
func afterPowerLoss(r *rand.Rand, synced, written []byte) []byte {
	if len(written) < len(synced) { // cut short, and perhaps begun again
		return slices.Clone([][]byte{synced, written, written[:r.IntN(len(written)+1)]}[r.IntN(3)])
	}
	image := slices.Clone(written)
	differs := func(i int) bool { return i >= len(synced) || synced[i] != written[i] }
	// lose undoes what was written from one byte to another.
	lose := func(from, to int, lost func() byte) {
		for i := from; i < min(to, len(image)); i++ {
			switch {
			case differs(i) && lost != nil:
				image[i] = lost()
			case i >= len(synced):
				image[i] = 0
			default:
				image[i] = synced[i]
			}
		}
	}
	zero := func() byte { return 0 }
	first := 0
	for first < len(written) && !differs(first) {
		first++
	}
	end := first + r.IntN(len(written)-first+1)
	switch sector := []int{512, 4096}[r.IntN(2)]; r.IntN(5) {
	case 0: // everything, or nothing
		end = []int{first, len(written)}[r.IntN(2)]
		fallthrough
	case 1: // a prefix
		lose(end, len(image), nil)
		image = image[:max(end, len(synced))]
	case 2: // a prefix, and garbage
		lose(max(end, len(synced)), len(image), func() byte { return byte(r.Uint32()) })
	default: // sectors are missing: one, or all up to it, and each other one with a probability
		one, some := end/sector, []float64{0, 0, 0.05, 0.5}[r.IntN(4)]
		from := []int{one, 0}[r.IntN(2)]
		for i := first / sector; i*sector < len(image); i++ {
			if from <= i && i <= one || r.Float64() < some {
				lose(i*sector, (i+1)*sector, []func() byte{nil, zero}[r.IntN(2)])
			}
		}
	}
	return image
}

func garbage(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// writeImage writes what the disk may hold after the power failed at a moment.
func writeImage(r *rand.Rand, path string, m moment) error {
	removeAll(path)
	wal := afterPowerLoss(r, m.synced.wal, m.written.wal)
	if len(wal) > 0 && r.IntN(3) == 0 {
		wal = append(wal, garbage(r, r.IntN(10_000))...)
	}
	err := os.WriteFile(path, afterPowerLoss(r, m.synced.db, m.written.db), 0o600)
	if len(wal) > 0 || r.IntN(2) == 0 {
		err = errors.Join(err, os.WriteFile(path+"-wal", wal, 0o600))
	}
	if r.IntN(2) == 0 {
		err = errors.Join(err, os.WriteFile(path+"-shm", garbage(r, 32<<10), 0o600))
	}
	return err
}

// openImage returns what is wrong with an image; nil when nothing is lost.
func openImage(path string, m moment) error {
	ctx := context.Background()
	d, err := Open(ctx, path, noteOptions())
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Check(ctx); err != nil {
		return errors.Join(err, errors.Unwrap(err))
	}
	got, err := noteTexts(d)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(m.may, func(want []string) bool { return slices.Equal(got, want) }) {
		return fmt.Errorf("it has %d notes, not the %d that were acknowledged or those with the batch that was begun", len(got), len(m.may[0]))
	}
	if err := d.Change(ctx, storage.NoAccount, add("after the power came back")); err != nil {
		return err
	}
	more, err := noteTexts(d)
	if err == nil && !slices.Equal(more, append(got, "after the power came back")) {
		err = errors.New("a change after the opening is not there")
	}
	return errors.Join(err, d.Check(ctx))
}
