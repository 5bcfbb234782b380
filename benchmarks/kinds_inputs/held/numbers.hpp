#include <QObject>
class Numbers : public QObject {
    Q_OBJECT
    Q_PROPERTY(int total READ total WRITE setTotal NOTIFY totalChanged)
public:
    int total() const;
public slots:
    void setTotal(int value);
    void clear();
signals:
    void totalChanged(int value);
};
