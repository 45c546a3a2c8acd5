package dev.mitosis.internal.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// The functions that run everywhere, and the seats whose worker has yet to run them; all of it is
/// guarded by the dispatcher's lock.
final class Meetings {
    /// One function.
    private record Meeting(int number, Attendance attendance, BitSet awaited) {}

    private final List<Meeting> meetings = new ArrayList<>();

    /// Has ready workers run a function now, and awaits the others.
    ///
    /// @return the seats for which no worker will come
    List<Integer> call(int number, Attendance attendance, Seats seats) {
        var awaited = new BitSet();
        var absent = new ArrayList<Integer>();
        for (var seat : seats) {
            if (seat.isReady()) {
                seat.own.add(attendance.part(seat.number));
            } else if (seat.isGivenUp()) {
                absent.add(seat.number);
            } else {
                awaited.set(seat.number);
            }
        }
        meetings.add(new Meeting(number, attendance, awaited));
        return absent;
    }

    /// Lets a new worker run what it has missed, and says which functions it has run.
    List<Attendance> attend(Seat seat, int onboarded) {
        var attended = new ArrayList<Attendance>();
        for (var meeting : meetings) {
            boolean awaited = meeting.awaited().get(seat.number);
            meeting.awaited().clear(seat.number);
            if (meeting.number() > onboarded) {
                seat.own.add(meeting.attendance().part(seat.number));
            } else if (awaited) {
                attended.add(meeting.attendance());
            }
        }
        return attended;
    }

    /// Awaits a seat no longer.
    ///
    /// @return those who still wait for its worker
    List<Attendance> dismiss(int seat) {
        var waiting = new ArrayList<Attendance>();
        for (var meeting : meetings) {
            if (meeting.awaited().get(seat)) {
                meeting.awaited().clear(seat);
                waiting.add(meeting.attendance());
            }
        }
        return waiting;
    }

    /// Awaits nobody any longer.
    ///
    /// @return those who still wait for a worker
    List<Attendance> dismiss() {
        var waiting = new ArrayList<Attendance>();
        for (var meeting : meetings) {
            if (!meeting.awaited().isEmpty()) {
                meeting.awaited().clear();
                waiting.add(meeting.attendance());
            }
        }
        return waiting;
    }
}
